import fc from "fast-check";
import { claimAccess } from "../../modules/access/claims";
import type { AccountDocuments } from "../../modules/iam/account-documents";
import { isSame } from "../../modules/people/leaving/caller";
import { checkInvite } from "../../modules/people/joining/check-invite";
import { loneAdministratorships } from "../../modules/people/leaving/last-administrator";
import { clearingSteps, shuttingSteps } from "../../modules/people/leaving/offboard-steps";
import { oneTimePassword } from "../../modules/people/joining/one-time-password";
import type { PersonState } from "../../modules/people/person-state";
import { accountsToList, reachableRoles } from "../../modules/people/leaving/reachable-roles";
import { sampleGrant, samplePerson, sampleRoster } from "../support/sample-roster";
import { NOW } from "../support/synth";

const LOCK_POLICY_ARN = "arn:aws:iam::aws:policy/AWSDenyAll";
const USER_ACCOUNT = { partition: "aws", id: "111111111111" } as const;

const STATE: PersonState = {
  name: "ann",
  arn: "arn:aws:iam::111111111111:user/ann",
  keys: [],
  hasPassword: false,
  mfaDevices: [],
  signingCertificates: [],
  sshKeys: [],
  serviceCredentials: [],
  groups: ["people", "team-developers"],
  inlinePolicies: [],
  attachedPolicies: [],
  hasBoundary: false,
};

describe("a one-time password", () => {
  test("is as long as the policy asks, never below 24, with every class of characters and none that people mix up", () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 128 }), fc.infiniteStream(fc.nat()), (minimumLength, numbers) => {
        const random = (limit: number) => (numbers.next().value ?? 0) % limit;
        const password = oneTimePassword({ minimumLength, reusePrevention: 24 }, random);
        expect(password).toHaveLength(Math.max(24, minimumLength));
        for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[!@#$%^&*()_+\-=[\]{}|']/]) expect(password).toMatch(kind);
        expect(password).toMatch(/^[A-Za-z0-9!@%_+=-]+$/);
        expect(password).not.toMatch(/[0O1lI]/);
      }),
    );
  });
});

describe("who may be invited", () => {
  const asked = { person: "ann", groups: ["people"], state: STATE, again: false };

  test("somebody applied, without a password", () => {
    expect(checkInvite(asked)).toEqual({ kind: "ready", warnings: [] });
  });

  test.each([
    ["not applied", { state: undefined }, "run rolecall apply user first"],
    ["not in a group yet", { groups: ["people", "team-seniors"] }, '"team-seniors", without which enrolling fails'],
    ["half offboarded", { state: { ...STATE, attachedPolicies: [LOCK_POLICY_ARN] } }, "stopped halfway"],
    ["has a password", { state: { ...STATE, hasPassword: true } }, "already has a password; --again"],
    ["nothing to set again", { again: true }, "run this without --again"],
  ])("refused: %s", (_name, patch, reason) => {
    expect(checkInvite({ ...asked, ...patch })).toEqual({ kind: "refused", reason: expect.stringContaining(reason) });
  });

  test("a key before MFA is warned of, a device makes it a reset that takes a yes", () => {
    const keys = [{ id: "AKIA1", active: true }];
    expect(checkInvite({ ...asked, state: { ...STATE, keys } })).toEqual({
      kind: "ready",
      warnings: [expect.stringContaining("1 active access key and no MFA device")],
    });
    const reset = checkInvite({ ...asked, again: true, state: { ...STATE, hasPassword: true, mfaDevices: ["a"] } });
    expect(reset).toMatchObject({ kind: "ready", question: expect.stringContaining("this is a reset") });
  });
});

describe("offboarding", () => {
  const all: PersonState = {
    ...STATE,
    keys: [
      { id: "AKIA1", active: true },
      { id: "AKIA2", active: false },
    ],
    hasPassword: true,
    mfaDevices: ["arn:aws:iam::111111111111:mfa/ann"],
    signingCertificates: ["C"],
    sshKeys: ["S"],
    serviceCredentials: ["P"],
    inlinePolicies: ["grants"],
    attachedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
    hasBoundary: true,
  };
  const kinds = (state: PersonState) => [...shuttingSteps(state), ...clearingSteps(state)].map(({ kind }) => kind);

  test("locks first, deletes what gives rights before it unlocks, and the user last", () => {
    expect(kinds(all)).toEqual([
      "lock",
      "deactivate-key",
      "delete-password",
      "delete-key",
      "delete-key",
      "delete-device",
      "delete-certificate",
      "delete-ssh-key",
      "delete-service-credential",
      "leave-group",
      "leave-group",
      "delete-inline-policy",
      "detach-policy",
      "delete-boundary",
      "detach-policy",
      "delete-user",
    ]);
    expect(clearingSteps(all).at(-2)).toEqual({ kind: "detach-policy", id: LOCK_POLICY_ARN });
  });

  test("goes on where it stopped", () => {
    const bare = { ...STATE, groups: [], attachedPolicies: [LOCK_POLICY_ARN] };
    expect(kinds(bare)).toEqual(["detach-policy", "delete-user"]);
  });

  test("oneself is recognized as a user and in a session of one's name", () => {
    expect(isSame("arn:aws:iam::111111111111:user/ann", USER_ACCOUNT, "ann")).toBe(true);
    expect(isSame("arn:aws:sts::222222222222:assumed-role/administrator/ann", USER_ACCOUNT, "ann")).toBe(true);
    expect(isSame("arn:aws:iam::111111111111:user/joann", USER_ACCOUNT, "ann")).toBe(false);
    expect(isSame("arn:aws:iam::999999999999:user/ann", USER_ACCOUNT, "ann")).toBe(false);
  });

  test("the only administrator of an account is named, a second one or an ended grant is not", () => {
    const roster = sampleRoster();
    expect(loneAdministratorships(roster, "senior.one@example.org", NOW)).toEqual(["production", "testing"]);
    expect(loneAdministratorships(roster, "dev.one@example.org", NOW)).toEqual([]);
    const second = samplePerson(
      "dev.three@example.org",
      [],
      [sampleGrant("testing", "administrator", "2026-11-22T12:00:00Z")],
    );
    const third = samplePerson("dev.four@example.org", [], [sampleGrant("production", "administrator")]);
    const more = sampleRoster({ people: [...roster.people, second, third] });
    expect(loneAdministratorships(more, "senior.one@example.org", NOW)).toEqual(["testing"]);
  });
});

describe("roles a person could have taken", () => {
  const claims = claimAccess(sampleRoster());
  const live = (statement: Record<string, unknown>, name = "ann"): AccountDocuments => ({
    ...USER_ACCOUNT,
    users: [
      {
        kind: "user",
        name,
        path: "/",
        inline: new Map([
          ["x", { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "sts:AssumeRole", ...statement } }],
        ]),
        attached: [],
      },
    ],
    groups: [],
    roles: [],
    policies: new Map(),
    unknowns: [],
  });
  const found = (person: string, documents?: AccountDocuments, everyRole = false) => {
    const { roles, elsewhere } = reachableRoles(claims, person, documents, { now: NOW, everyRole });
    return { roles: roles.map(({ account, roleName }) => `${account.key}/${roleName}`), elsewhere };
  };

  test("what the roster grants, also when it has ended", () => {
    expect(found("dev.two@example.org")).toEqual({
      roles: ["production/operator", "production/spectator", "testing/operator"],
      elsewhere: [],
    });
  });

  test("what live documents allow a person who left the roster, and what ended within a session's length", () => {
    const role = "arn:aws:iam::222222222222:role/rolecall/operator";
    const until = (instant: string) =>
      live({ Resource: role, Condition: { DateLessThan: { "aws:CurrentTime": instant } } });
    expect(found("ann", live({ Resource: role })).roles).toEqual(["testing/operator"]);
    expect(found("ann", until("2026-11-22T01:00:00Z")).roles).toEqual(["testing/operator"]);
    expect(found("ann", until("2026-11-21T23:00:00Z")).roles).toEqual([]);
  });

  test("what cannot be judged counts as taken", () => {
    const perhaps = live({
      Resource: "arn:aws:iam::222222222222:role/rolecall/*",
      Condition: { StringEquals: { "aws:RequestedRegion": "${data.x.name}" } },
    });
    expect(found("ann", perhaps).roles).toEqual(["testing/administrator", "testing/operator", "testing/spectator"]);
    const refused = live({ Resource: "arn:aws:iam::222222222222:role/x", Condition: { NoSuchOperator: { a: "b" } } });
    expect(found("ann", refused).roles).toHaveLength(7);
  });

  test("roles beside the tiers' are ended where the account is ours, and named where it is not", () => {
    const Resource = [
      "arn:aws:iam::222222222222:role/back",
      "arn:aws:iam::999999999999:role/far",
      "arn:aws:iam::*:role/any*",
    ];
    expect(found("ann", live({ Resource }))).toEqual({
      roles: ["testing/back"],
      elsewhere: ["arn:aws:iam::*:role/any*", "arn:aws:iam::999999999999:role/far"],
    });
  });

  test.each<[string, Record<string, unknown>, boolean]>([
    ["a plain role", { Resource: "arn:aws:iam::222222222222:role/rolecall/operator" }, false],
    ["another service", { Action: "iam:ChangePassword", Resource: "arn:aws:iam::*:user/${aws:username}" }, false],
    ["a denial", { Effect: "Deny", Resource: "*" }, false],
    ["every role", { Resource: "*" }, true],
    ["a letter left open", { Resource: "arn:aws:iam::222222222222:role?handmade" }, true],
    ["a word left open", { Resource: "arn:aws:iam::222222222222:r*/hand*" }, true],
    ["a variable", { Resource: "arn:aws:iam::222222222222:role/${aws:username}" }, true],
    ["all but some, by every action", { Action: "*", NotResource: "arn:aws:iam::1:role/x" }, true],
    ["an action left open", { Action: "st?:AssumeRole", Resource: "*" }, true],
  ])("accounts are looked through for roles when documents allow them by %s", (_name, statement, all) => {
    expect(accountsToList(claims, live(statement)).map(({ key }) => key)).toEqual(
      all ? ["user", "production", "testing"] : ["user"],
    );
  });

  test("every tier everywhere, when asked", () => {
    expect(found("gone", undefined, true).roles).toHaveLength(6);
    expect(found("gone").roles).toEqual([]);
  });
});
