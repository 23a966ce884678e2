import { type Case, policiesOf, readCases, requestOf } from "./case";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import calls from "../../modules/evaluator/data/calls.json";
import keys from "../../modules/evaluator/data/keys.json";
import services from "../../modules/evaluator/data/rcp-services.json";

const FILES = readdirSync(join(__dirname, "cases")).filter((name) => name.endsWith(".json"));
const CASES: readonly Case[] = FILES.flatMap(readCases);

/** Each list of each dated file, gone or shortened: a case of the corpus must notice. */
const MUTANTS: readonly (readonly [file: string, list: string, data: unknown])[] = [
  ...Object.keys(keys)
    .filter((list) => list !== "source" && list !== "date")
    .map((list) => ["keys.json", list, { ...keys, [list]: list === "actions" ? {} : [] }] as const),
  ["calls.json", "withoutPermission", { ...calls, withoutPermission: {} }],
  ["calls.json", "withoutAllow", { ...calls, withoutAllow: {} }],
  ["rcp-services.json", "all", { ...services, services: [] }],
  ["rcp-services.json", "too many", { ...services, services: [...services.services, "ec2", "iam", "lambda"] }],
];

afterEach(() => {
  jest.resetModules();
});

test.each(MUTANTS)("%s without its list %s is noticed", (file, _list, data) => {
  jest.resetModules();
  jest.doMock(`../../modules/evaluator/data/${file}`, () => data);
  const { verdictOf } =
    require("../../modules/evaluator/evaluate") as typeof import("../../modules/evaluator/evaluate");
  const { compilePolicy } =
    require("../../modules/evaluator/policy") as typeof import("../../modules/evaluator/policy");
  const again = (each: Case) => policiesOf(each, compilePolicy);
  expect(CASES.some((each) => verdictOf(requestOf(each), again(each)) !== each.expected)).toBe(true);
  jest.dontMock(`../../modules/evaluator/data/${file}`);
});

test("the tables say of when they are, and name nothing twice", () => {
  for (const { source, date } of [calls, keys, services]) {
    expect(source).not.toBe("");
    expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
  }
  const named = [
    ...keys.always,
    ...keys.usually,
    ...keys.temporary,
    ...keys.withMfa,
    ...keys.service,
    ...keys.ofMembers,
    ...keys.ofSaml,
  ];
  expect(new Set([...named, ...Object.keys(keys.actions)]).size).toBe(named.length + Object.keys(keys.actions).length);
});
