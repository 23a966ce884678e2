import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parseGithubSubject } from "../../modules/iam/github-subject";
import { judgeGithubTrust, judgeSubjects } from "../../modules/iam/github-trust";
import { HOME } from "../support/run-command";
import subjects from "./cases/github-subjects.json";
import trusts from "./cases/github-trusts.json";

test.each(subjects.subjects)("a subject is read: $claim", ({ claim, is }) => {
  expect(parseGithubSubject(claim)).toEqual(is);
});

test.each(subjects.none)("no subject that GitHub sends by default: %j", (claim) => {
  expect(parseGithubSubject(claim)).toBeUndefined();
});

test.each(trusts.conditions)("$verdict: $name", ({ verdict, says, condition }) => {
  const judged = judgeSubjects(condition);
  expect(judged.verdict).toBe(verdict);
  if (says === undefined) expect(judged.reasons).toEqual([]);
  else expect(judged.reasons.join()).toContain(says);
});

test.each(trusts.trusts)("who is let in: $name", ({ statement, statements }) => {
  expect(judgeGithubTrust({ Statement: statement })).toHaveLength(statements);
  expect(judgeGithubTrust({ Statement: [statement, statement] })).toHaveLength(statements * 2);
});

test.each(
  [undefined, null, "x", [], {}, { Statement: "x" }, { Statement: [null] }, { Statement: [[]] }].map((each) => [each]),
)("a trust that cannot be read is not judged: %j", (document) => {
  const judged = judgeGithubTrust(document);
  if (judged !== undefined) expect(judged).toEqual([]);
});

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const id = fc.integer({ min: 1, max: 2 ** 31 }).map(String);
const run = fc.oneof(
  word.map((name) => `environment:${name}`),
  word.map((name) => `ref:refs/heads/${name}`),
);
const withIds = fc.tuple(word, id, word, id, run).map(([o, oid, r, rid, at]) => `repo:${o}@${oid}/${r}@${rid}:${at}`);
const on = (operator: string, value: unknown) =>
  judgeSubjects({ [operator]: { "token.actions.githubusercontent.com:sub": value } });

test("law: a subject with ids is exact; one with a wildcard put into it never is, alone or in a list", () => {
  fc.assert(
    fc.property(withIds, fc.nat(), fc.constantFrom("*", "?"), fc.boolean(), (claim, at, star, replace) => {
      expect(on("StringEquals", claim).verdict).toBe("exact");
      const index = at % (claim.length + 1);
      const wild = claim.slice(0, index) + star + claim.slice(index + (replace ? 1 : 0));
      expect(["too-wide", "unknown"]).toContain(on("StringLike", wild).verdict);
      expect(["malformed", "unknown"]).toContain(on("StringEquals", wild).verdict);
      expect(["too-wide", "unknown"]).toContain(on("StringLike", [claim, wild]).verdict);
    }),
  );
});

test("law: names alone are exact only beside the ids of the same repository and run", () => {
  fc.assert(
    fc.property(withIds, withIds, (claim, other) => {
      fc.pre(claim !== other);
      const names = claim.replace(/@\d+/g, "");
      expect(on("StringEquals", [claim, names])).toMatchObject({
        verdict: "exact",
        subjects: [claim, names].map(parseGithubSubject),
      });
      expect(on("StringEquals", names).verdict).toBe("old-form-only");
      expect(on("StringEquals", [other, names]).verdict).toBe(
        other.replace(/@\d+/g, "") === names ? "exact" : "old-form-only",
      );
    }),
  );
});

test("the trusts that docs/ci.md shows are exact, one for each environment", () => {
  const text = readFileSync(join(HOME, "docs/ci.md"), "utf8");
  const shown = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json = ""]) =>
    JSON.parse(json.replace(/^ {3}/gm, "")),
  );
  const github = shown.filter((each) => JSON.stringify(each).includes("AssumeRoleWithWebIdentity"));
  const subjects = [parseGithubSubject("repo:example@1234567/access@987654321:environment:plan")];
  expect(github.map(judgeGithubTrust)).toEqual([[{ verdict: "exact", reasons: [], subjects }]]);
  const inline = [...text.matchAll(/`(repo:example[^`]*)`/g)].map(([, claim = ""]) => claim);
  const [wild, plain] = [inline.filter((each) => each.includes("*")), inline.filter((each) => !each.includes("*"))];
  expect(new Set(plain.map((claim) => parseGithubSubject(claim)?.form))).toEqual(new Set(["ids", "names"]));
  expect(new Set(wild.map((claim) => on("StringLike", claim).verdict))).toEqual(new Set(["too-wide"]));
  const environments = [...text.matchAll(/environment:(\w+)/g)].map(([, name]) => name);
  expect(new Set(environments)).toEqual(new Set(["plan", "production"]));
});
