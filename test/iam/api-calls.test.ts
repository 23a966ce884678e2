import { readFileSync } from "node:fs";
import { join } from "node:path";
import data from "../../modules/iam/api-calls.json";
import { parseCatalogue } from "../../modules/iam/catalogue";
import { nearAction } from "../../modules/iam/known-actions";
import { type ApiCallsFile, apiCallsOf } from "../../modules/iam/api-calls";
import { meantBy } from "../../modules/proof/meant-actions";

interface Case {
  readonly name: string;
  readonly actions?: readonly string[];
  readonly unanswerable?: string;
  readonly free?: string;
  /** No entry of the table has to do with it. */
  readonly isAction?: true;
  readonly source: string;
}

const CASES = JSON.parse(readFileSync(join(__dirname, "cases/api-calls.json"), "utf8")) as readonly Case[];
const catalogue = parseCatalogue(readFileSync(join(__dirname, "../../modules/iam/catalogue.json"), "utf8"));
const known = new Set(catalogue.actions.map(({ name }) => name));
const lower = new Set([...known].map((name) => name.toLowerCase()));

function fits({ name, actions, unanswerable, free }: Case, table: ApiCallsFile = data): boolean {
  const meant = meantBy(name, catalogue, apiCallsOf(table));
  if (meant.kind === "actions") return JSON.stringify(meant.actions) === JSON.stringify(actions);
  const expected = meant.kind === "free" ? free : unanswerable;
  return expected !== undefined && meant.why.includes(expected);
}

/** The table without what it says of a name. */
function without(name: string): ApiCallsFile {
  const [service = ""] = name.toLowerCase().split(":");
  const drop = (names: Readonly<Record<string, string>>, key: string) =>
    Object.fromEntries(Object.entries(names).filter(([each]) => each.toLowerCase() !== key));
  const parts = { calls: data.calls, dependsOnContent: data.dependsOnContent, undocumented: data.undocumented };
  const left = Object.entries(parts).map(([part, names]) => [part, drop(names, name.toLowerCase())]);
  return { ...data, ...Object.fromEntries(left), services: drop(data.services, service) };
}

test.each(CASES)("$name", (each) => {
  expect([each.name, fits(each)]).toEqual([each.name, true]);
});

test.each(CASES.filter(({ isAction }) => !isAction))("the case of $name fails without its entry", (each) => {
  expect(fits(each, without(each.name))).toBe(false);
});

test("every entry names actions of the catalogue, and none is an action itself", () => {
  const named = [...Object.values(data.calls), ...Object.values(data.dependsOnContent)].flatMap((all) =>
    all.split(" "),
  );
  expect(named.filter((action) => !known.has(action))).toEqual([]);
  const calls = [data.calls, data.dependsOnContent, data.undocumented].flatMap((each) => Object.keys(each));
  expect(calls.filter((call) => lower.has(call.toLowerCase()))).toEqual([]);
  const services = new Set([...known].map((name) => name.slice(0, name.indexOf(":"))));
  for (const [name, prefix] of Object.entries(data.services))
    expect([name, prefix, services.has(name), services.has(prefix)]).toEqual([name, prefix, false, true]);
});

test("whoever writes a call into a tier is told what IAM authorizes it as", () => {
  expect(nearAction("s3:ListObjectsV2")).toBe("; it is an API call that IAM authorizes as s3:ListBucket; name that");
});
