import fc from "fast-check";
import { parseRevocation, revocationDocument, revocationEnds, revocationName } from "../../modules/iam/revocation";
import { bearsPersonsName, sessionNamesOf } from "../../modules/people/sessions/session-names";
import { verdictOf } from "../../modules/evaluator/evaluate";
import { compilePolicy } from "../../modules/evaluator/policy";
import { tierTrust } from "../../modules/tiers/trust";

const BEFORE = new Date("2026-11-23T07:00:00Z");
const patterns = fc.stringMatching(/^[\w+=,.*?-]{2,64}$/);
const names = fc.stringMatching(/^[\w+=,.@-]{1,64}$/);

describe("a denial of sessions", () => {
  /** Whether a session of the role may still do something. */
  function mayAct(session: string, issued: string, person?: string, names?: readonly string[]): boolean {
    const whose = { ...(person ? { person } : {}), ...(names ? { names } : {}) };
    const denial = compilePolicy("denial", revocationDocument({ before: BEFORE, ...whose }));
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

  test("with names that are nobody's ends the person's sessions and all of those names, and no other person's", () => {
    const names = [`awsu-${"?".repeat(32)}`, "tool-*"];
    const ends = (session: string) => !mayAct(session, "2026-11-23T06:59:59Z", "ann", names);
    for (const session of ["ann", `awsu-${"0".repeat(32)}`, "tool-", "tool-x"])
      expect([session, ends(session)]).toEqual([session, true]);
    for (const session of ["bob", "joann", "awsu-0", `awsu-${"0".repeat(33)}`, "atool-x"])
      expect([session, ends(session)]).toEqual([session, false]);
    expect(mayAct("tool-x", "2026-11-23T07:00:00Z", "ann", names)).toBe(true);
  });

  test("is read back for what it is, whoever it is about", () => {
    fc.assert(
      fc.property(fc.option(names, { nil: undefined }), fc.array(patterns, { maxLength: 3 }), (person, others) => {
        const named = others.length === 0 ? {} : { names: others };
        const revocation = { before: BEFORE, ...(person === undefined ? {} : { person, ...named }) };
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
      revocationDocument({ person: "bob", names: ["awsu-*"], before: BEFORE }),
      {
        ...ours,
        Statement: [
          { ...statement, Condition: { ...statement?.Condition, StringLike: { "aws:userid": ["*:ann", "]"] } } },
        ],
      },
      {
        ...ours,
        Statement: [{ ...statement, Condition: { ...statement?.Condition, StringLike: { "aws:userid": [1, {}] } } }],
      },
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
    expect(
      bearsPersonsName(JSON.parse(JSON.stringify(tierTrust({ partition: "aws", id: "111111111111" }, 3600)))),
    ).toBe(true);
  });

  const other = (names: unknown) => allow({ StringLike: { "sts:RoleSessionName": names } });

  test.each([
    [
      "our own of a tier that takes other names",
      tierTrust({ partition: "aws", id: "111111111111" }, 3600, ["awsu-*", "tool-?"]),
      ["awsu-*", "tool-?"],
    ],
    ["our own of another", tierTrust({ partition: "aws", id: "111111111111" }, 3600), []],
    ["one name", { Statement: other("awsu-*") }, ["awsu-*"]],
    ["any name", { Statement: [named, other("*")] }, ["*"]],
    ["a variable", { Statement: [named, other("${aws:PrincipalTag/x}")] }, undefined],
    ["no name", { Statement: [named, other([])] }, undefined],
    ["no text", { Statement: [named, other([1])] }, undefined],
    ["a third way in", { Statement: [named, other("awsu-*"), allow(undefined)] }, undefined],
    [
      "if the key exists",
      { Statement: [named, allow({ StringLikeIfExists: { "sts:RoleSessionName": "a-*" } })] },
      undefined,
    ],
  ])("what sessions may be called: %s", (_name, trust, expected) => {
    expect(sessionNamesOf(JSON.parse(JSON.stringify(trust)))).toEqual(expected);
    expect(bearsPersonsName(trust)).toBe(expected !== undefined && expected.length === 0);
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
