import fc from "fast-check";
import { parseRevocation, revocationDocument, revocationEnds, revocationName } from "../../modules/iam/revocation";
import { bearsPersonsName } from "../../modules/people/sessions/session-names";
import { verdictOf } from "../../modules/evaluator/evaluate";
import { compilePolicy } from "../../modules/evaluator/policy";
import { tierTrust } from "../../modules/tiers/trust";

const BEFORE = new Date("2026-11-23T07:00:00Z");
const names = fc.stringMatching(/^[\w+=,.@-]{1,64}$/);

describe("a denial of sessions", () => {
  /** Whether a session of the role may still do something. */
  function mayAct(session: string, issued: string, person?: string): boolean {
    const denial = compilePolicy("denial", revocationDocument({ before: BEFORE, ...(person ? { person } : {}) }));
    const anything = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };
    const request = {
      principal: { kind: "role-session", arn: `arn:aws:sts::222222222222:assumed-role/operator/${session}` },
      action: "s3:ListBucket",
      resource: "arn:aws:s3:::bucket",
      context: { "aws:userid": `AROAEXAMPLE:${session}`, "aws:TokenIssueTime": issued },
    } as const;
    return verdictOf(request, { identity: [compilePolicy("all", anything), denial] }) === "allowed";
  }

  test("ends the person's sessions from before, and nobody else's", () => {
    expect(mayAct("ann", "2026-11-23T06:59:59Z", "ann")).toBe(false);
    expect(mayAct("ann", "2026-11-23T07:00:00Z", "ann")).toBe(true);
    expect(mayAct("bob", "2026-11-23T06:00:00Z", "ann")).toBe(true);
    expect(mayAct("joann", "2026-11-23T06:00:00Z", "ann")).toBe(true);
    expect(mayAct("ann.x", "2026-11-23T06:00:00Z", "ann")).toBe(true);
  });

  test("of everybody ends everybody's", () => {
    expect(mayAct("bob", "2026-11-23T06:59:59Z")).toBe(false);
    expect(mayAct("bob", "2026-11-23T07:00:01Z")).toBe(true);
  });

  test("is read back for what it is, whoever it is about", () => {
    fc.assert(
      fc.property(fc.option(names, { nil: undefined }), (person) => {
        const revocation = { before: BEFORE, ...(person === undefined ? {} : { person }) };
        const document = JSON.parse(JSON.stringify(revocationDocument(revocation)));
        expect(parseRevocation(revocationName(person), document)).toEqual(revocation);
        expect(revocationName(person).length).toBeLessThanOrEqual(128);
      }),
    );
  });

  test("any other text under its name is not one", () => {
    const ours = revocationDocument({ person: "ann", before: BEFORE });
    const [statement] = ours.Statement;
    const others: readonly unknown[] = [
      undefined,
      "text",
      { Version: "2012-10-17", Statement: [] },
      { ...ours, Statement: [statement, { Effect: "Allow", Action: "*", Resource: "*" }] },
      { ...ours, Statement: [{ ...statement, Effect: "Allow" }] },
      { ...ours, Statement: [{ ...statement, Condition: { DateLessThan: { "aws:TokenIssueTime": "never" } } }] },
      revocationDocument({ person: "bob", before: BEFORE }),
    ];
    for (const other of others) expect(parseRevocation("rolecall-revoked-sessions-ann", other)).toBeUndefined();
    expect(parseRevocation("access", ours)).toBeUndefined();
  });

  test("may go when the longest session has passed", () => {
    expect(revocationEnds({ before: BEFORE })).toEqual(new Date("2026-11-23T19:00:00Z"));
  });
});

describe("whether sessions bear their person's name", () => {
  const allow = (condition: unknown) => ({
    Effect: "Allow",
    Principal: "*",
    Action: "sts:AssumeRole",
    Condition: condition,
  });
  const named = allow({ StringEquals: { "sts:RoleSessionName": "${aws:username}" } });

  test("our own trust says so", () => {
    expect(bearsPersonsName(JSON.parse(JSON.stringify(tierTrust("111111111111", 3600))))).toBe(true);
  });

  test.each([
    ["one statement", { Statement: named }, true],
    [
      "a list of one value",
      { Statement: [allow({ StringEquals: { "sts:RoleSessionName": ["${aws:username}"] } })] },
      true,
    ],
    ["a second way in", { Statement: [named, allow(undefined)] }, false],
    ["any name", { Statement: [allow({ StringLike: { "sts:RoleSessionName": "*" } })] }, false],
    [
      "or another name",
      { Statement: [allow({ StringEquals: { "sts:RoleSessionName": ["${aws:username}", "x"] } })] },
      false,
    ],
    [
      "if the key exists",
      { Statement: [allow({ StringEqualsIfExists: { "sts:RoleSessionName": "${aws:username}" } })] },
      false,
    ],
    ["no statement", { Statement: [] }, false],
    ["denials alone", { Statement: [{ ...named, Effect: "Deny" }] }, false],
    ["text", "{", false],
    ["nothing", undefined, false],
  ])("%s", (_name, trust, expected) => {
    expect(bearsPersonsName(trust)).toBe(expected);
  });
});
