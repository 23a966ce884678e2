import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { documentChars } from "../../modules/iam/policy-document";
import { QUOTAS } from "../../modules/iam/quotas";
import { evaluate } from "../../modules/evaluator/evaluate";
import { spectatorDocument } from "../../modules/tiers/spectator";
import data from "../../modules/tiers/spectator/data.json";
import metadata from "../../modules/tiers/spectator/metadata.json";
import never from "../../modules/tiers/spectator/never.json";
import { CATALOGUE, isRead, matching } from "./catalogue";
import { ACCOUNT, ask, compile } from "./documents";

const GOLDEN = join(__dirname, "../golden/spectator-actions.json");
const LISTS = { metadata, data, never };

function allowed(readsData: boolean): ReadonlySet<string> {
  const role = { identity: [compile(spectatorDocument(readsData))] };
  return new Set(CATALOGUE.map(({ name }) => name).filter((action) => ask(role, { action }) === "allowed"));
}

const WITHOUT = allowed(false);
const WITH = allowed(true);

/** Service -> names separated by spaces. */
function byService(actions: ReadonlySet<string>): Record<string, string> {
  const table: Record<string, string> = {};
  for (const action of actions) {
    const [service = "", name = ""] = action.split(":");
    table[service] = table[service] === undefined ? name : `${table[service]} ${name}`;
  }
  return table;
}

test.each(Object.entries(LISTS))("%s is dated, has a source, and names known actions once, sorted", (_name, list) => {
  expect(list.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(list.source).not.toBe("");
  expect([...new Set(list.actions)].sort()).toEqual(list.actions);
  expect(list.actions.filter((pattern) => matching(pattern).length === 0)).toEqual([]);
});

test.each([false, true])(
  "reading data: %s; nothing that writes, tags or changes permissions, and it fits",
  (readsData) => {
    const changes = CATALOGUE.filter((action) => !isRead(action) && (readsData ? WITH : WITHOUT).has(action.name));
    expect(changes.map(({ name }) => name)).toEqual([]);
    expect(documentChars(spectatorDocument(readsData))).toBeLessThanOrEqual(QUOTAS.roleInlineChars);
  },
);

test("the forms differ in the data, and in nothing else", () => {
  const more = [...WITH].filter((action) => !WITHOUT.has(action));
  expect(more.sort()).toEqual(
    data.actions
      .flatMap((each) => matching(each))
      .map(({ name }) => name)
      .sort(),
  );
});

test("no form reads secrets or decrypts", () => {
  const shut = never.actions.flatMap((each) => matching(each)).map(({ name }) => name);
  expect(shut.filter((action) => WITH.has(action))).toEqual([]);
});

test("what its patterns stand for is what a reviewer has seen", () => {
  const table = byService(WITHOUT);
  if (process.env["UPDATE_GOLDEN"] === "1" && process.env["CI"] !== "true")
    writeFileSync(GOLDEN, `${JSON.stringify(table, null, 2)}\n`);
  expect(table).toEqual(JSON.parse(readFileSync(GOLDEN, "utf8")));
});

test("a bucket open to everybody is not open to a spectator without data", () => {
  const bucket = compile({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: ["s3:GetObject"], Resource: ["*"] }],
  });
  const verdict = (readsData: boolean) =>
    evaluate(
      {
        principal: { kind: "role-session", arn: `arn:aws:sts::${ACCOUNT}:assumed-role/spectator/ann` },
        action: "s3:GetObject",
        resource: "arn:aws:s3:::bucket/key",
        resourceAccount: ACCOUNT,
      },
      { identity: [compile(spectatorDocument(readsData))], resource: bucket },
    ).verdict;
  expect([verdict(false), verdict(true)]).toEqual(["explicitly denied", "allowed"]);
});
