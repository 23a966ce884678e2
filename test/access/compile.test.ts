import fc from "fast-check";
import { compileAccess } from "../../modules/access/compile";
import { compileMatrix } from "../../modules/access/matrix";
import type { UserAccountPlan, WorkloadAccountPlan } from "../../modules/access/plan";
import { withDeployRole } from "../../modules/roster/deploy-role";
import type { Roster } from "../../modules/roster/roster";
import { stableJson } from "../../modules/text";
import { sampleAccount, sampleGrant, samplePerson, sampleRoster, sampleTeam } from "../support/sample-roster";
import { compiled, NOW } from "../support/synth";

function userAccount(roster: Roster, now = NOW): UserAccountPlan {
  const account = compiled(roster, now)
    .stacks.flatMap(({ accounts }) => accounts)
    .find(({ kind }) => kind === "user");
  if (account?.kind !== "user") throw new Error("no user account");
  return account;
}

function workload(roster: Roster, key: string): WorkloadAccountPlan {
  const account = compiled(roster)
    .stacks.flatMap(({ accounts }) => accounts)
    .find((other) => other.key === key);
  if (account?.kind !== "workload") throw new Error(`no workload account ${key}`);
  return account;
}

describe("the user account", () => {
  test("a team's group names exactly the roles the team may assume", () => {
    const group = userAccount(sampleRoster()).groups.find(({ name }) => name === "team-developers");
    expect(group).toEqual({
      name: "team-developers",
      path: "/rolecall/",
      members: ["dev.one@example.org", "dev.two@example.org"],
      policyArns: [],
      inlinePolicies: [
        {
          name: "access",
          document: {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: ["sts:AssumeRole"],
                Resource: [
                  "arn:aws:iam::222222222222:role/rolecall/operator",
                  "arn:aws:iam::333333333333:role/rolecall/spectator",
                ],
              },
            ],
          },
        },
      ],
    });
  });

  test("everybody is in the people group, whose policy is self-service alone", () => {
    const group = userAccount(sampleRoster()).groups.find(({ name }) => name === "people");
    expect(group?.members).toEqual(["dev.one@example.org", "dev.two@example.org", "senior.one@example.org"]);
    expect(group?.inlinePolicies.map(({ name }) => name)).toEqual(["self-service"]);
  });

  test("a dated grant ends by itself, and is absent from its first second without access", () => {
    const before = userAccount(sampleRoster(), new Date("2027-01-14T23:59:59Z")).users[1];
    expect(before?.inlinePolicies[0]?.document.Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["sts:AssumeRole"],
        Resource: ["arn:aws:iam::333333333333:role/rolecall/operator"],
        Condition: { DateLessThan: { "aws:CurrentTime": "2027-01-15T00:00:00Z" } },
      },
    ]);
    expect(userAccount(sampleRoster(), new Date("2027-01-15T00:00:00Z")).users[1]?.inlinePolicies).toEqual([]);
  });
});

describe("a workload account", () => {
  test("holds one role for each tier, trusting the user account's people with fresh MFA and nobody else", () => {
    const roles = workload(sampleRoster(), "testing").roles;
    expect(roles.map(({ name, maxSessionSeconds }) => [name, maxSessionSeconds])).toEqual([
      ["administrator", 3600],
      ["operator", 3600],
      ["spectator", 3600],
    ]);
    expect(roles[0]?.trust.Statement).toEqual([
      {
        Sid: "PeopleWithMfa",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Action: ["sts:AssumeRole"],
        Condition: {
          ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/*" },
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
          StringEquals: { "sts:RoleSessionName": "${aws:username}" },
        },
      },
    ]);
  });

  /** The sample roster with these session names of operators. */
  const withNames = (sessionNames: readonly string[]) => {
    const { tiers, ...rest } = sampleRoster();
    return { ...rest, tiers: tiers.map((tier) => (tier.key === "operator" ? { ...tier, sessionNames } : tier)) };
  };

  test("a tier's further session names are a second statement, without mail addresses, and change no other role", () => {
    const roles = workload(withNames(["awsu-*", "tool-?"]), "testing").roles;
    const plain = workload(sampleRoster(), "testing").roles;
    const operator = roles.find(({ name }) => name === "operator");
    const [own, other] = operator?.trust.Statement ?? [];
    expect(own).toEqual(plain.find(({ name }) => name === "operator")?.trust.Statement[0]);
    expect(other).toEqual({
      ...own,
      Sid: "PeopleWithMfaOtherNames",
      Condition: {
        ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/*" },
        Bool: { "aws:MultiFactorAuthPresent": "true" },
        NumericLessThan: { "aws:MultiFactorAuthAge": "43200" },
        StringLike: { "sts:RoleSessionName": ["awsu-*", "tool-?"] },
        StringNotLike: { "sts:RoleSessionName": "*@*" },
      },
    });
    const others = (all: typeof roles) => JSON.stringify(all.filter(({ name }) => name !== "operator"));
    expect(others(roles)).toBe(others(plain));
  });

  test("more session names than a trust holds are a finding", () => {
    const names = Array.from({ length: 20 }, (_, index) => `tool-${index}-${"x".repeat(55)}`);
    const plan = compileAccess(withNames(names), NOW);
    expect(plan.findings.map(({ code, message }) => `${code}: ${message}`)).toContainEqual(
      expect.stringMatching(
        /^iam-quota: the trust of operator takes \d+ characters, and IAM allows 2048; give it fewer/,
      ),
    );
  });

  test("an own tier attaches its policies, the account's id filled in", () => {
    const base = sampleRoster();
    const own = {
      key: "auditor",
      builtIn: false,
      sessionSeconds: 7200,
      mfaAgeSeconds: 3600,
      sessionNames: [],
      policyArns: ["arn:aws:iam::{account}:policy/own", "arn:aws:iam::aws:policy/SecurityAudit"],
      allow: [],
      deny: [],
      place: base.userAccount.place,
    };
    const role = workload({ ...base, tiers: [...base.tiers, own] }, "testing").roles.find(
      ({ name }) => name === "auditor",
    );
    expect(role?.policyArns).toEqual(["arn:aws:iam::222222222222:policy/own", "arn:aws:iam::aws:policy/SecurityAudit"]);
    expect(role?.inlinePolicies).toEqual([]);
  });
});

describe("quotas", () => {
  const ids = Array.from({ length: 300 }, (_, index) => String(400000000000 + index));
  const accounts = ids.map((id, index) => sampleAccount(`account-${String(index).padStart(3, "0")}`, id));
  const team = sampleTeam(
    "all",
    accounts.map(({ key }) => sampleGrant(key, "operator")),
  );

  test("a team with more roles than fit inline gets numbered managed policies, within the limit, losing none", () => {
    const plan = userAccount(sampleRoster({ accounts, teams: [team], people: [samplePerson("ann", ["all"])] }));
    const sizes = plan.policies.map(({ document }) => JSON.stringify(document).length);
    expect(plan.policies.map(({ name }) => name)).toEqual(["team-all-1", "team-all-2", "team-all-3"]);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(6144);
    const arns = plan.policies.flatMap(({ document }) => document.Statement.flatMap(({ Resource }) => Resource ?? []));
    expect(new Set(arns).size).toBe(300);
    expect(plan.groups.find(({ name }) => name === "team-all")?.policyArns).toEqual(
      ["1", "2", "3"].map((n) => `arn:aws:iam::111111111111:policy/rolecall/team-all-${n}`),
    );
  });

  test("own grants beyond a user's inline limit are a finding at the person", () => {
    const person = samplePerson(
      "ann",
      [],
      accounts.slice(0, 60).map(({ key }) => sampleGrant(key, "operator")),
    );
    const result = compileAccess(sampleRoster({ accounts, teams: [], people: [person] }), NOW);
    expect(result.ok).toBe(false);
    expect(result.findings).toEqual([
      {
        code: "iam-quota",
        severity: "error",
        place: person.place,
        message: expect.stringMatching(
          /^the own grants of "ann" take \d+ characters, and IAM allows 2048 for a user; move some into a team$/,
        ),
      },
    ]);
  });
});

describe("the application path, which is the operators'", () => {
  const codes = (roster: Roster) => compileAccess(roster, NOW).findings.map(({ code, message }) => [code, message]);

  test("holds no deploy role", () => {
    const account = sampleAccount("testing", "222222222222");
    const deployRoleArn = "arn:aws:iam::222222222222:role/application/deploy";
    expect(codes(sampleRoster({ accounts: [{ ...account, deployRoleArn }], teams: [], people: [] }))).toEqual([
      [
        "operators-could-change-it",
        `operators may take the deploy role "${deployRoleArn}"; move it out of /application/`,
      ],
    ]);
  });

  test("holds no policy of a tier", () => {
    const base = sampleRoster();
    const policyArns = ["arn:aws:iam::{account}:policy/application/own"];
    const own = { ...base.tiers[0], key: "auditor", builtIn: false, policyArns } as Roster["tiers"][number];
    expect(codes({ ...base, tiers: [...base.tiers, own] })).toEqual([
      [
        "operators-could-change-it",
        'operators may rewrite the policy "arn:aws:iam::{account}:policy/application/own" of the tier auditor; move it out of /application/',
      ],
    ]);
  });
});

describe("laws", () => {
  const keys = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9.@+-]{0,12}$/), { minLength: 1, maxLength: 8 });

  test("accounts in one stack share it, and stacks come sorted", () => {
    const accounts = sampleRoster().accounts.map((account) => ({ ...account, stack: "work" }));
    const plan = compiled(sampleRoster({ accounts }));
    expect(plan.stacks.map(({ key, accounts: held }) => [key, held.map((account) => account.key)])).toEqual([
      ["user", ["user"]],
      ["work", ["production", "testing"]],
    ]);
  });

  test("the plan is frozen at every level, and equal for equal input", () => {
    const plan = compiled(sampleRoster());
    expect(Object.isFrozen(plan.stacks[0]?.accounts[0]?.tags)).toBe(true);
    expect(stableJson(compiled(sampleRoster()))).toBe(stableJson(plan));
  });

  test("the matrix and the policies agree: a cell exists exactly if a policy opens the role", () => {
    fc.assert(
      fc.property(keys, fc.infiniteStream(fc.boolean()), (names, coin) => {
        const flip = () => coin.next().value === true;
        const teams = ["a", "b"].map((key) => sampleTeam(key, flip() ? [sampleGrant("testing", "operator")] : []));
        const people = names.map((name) =>
          samplePerson(
            name,
            ["a", "b"].filter(flip),
            flip() ? [sampleGrant("production", "spectator", "2026-11-23T00:00:00Z")] : [],
          ),
        );
        const roster = sampleRoster({ teams, people });
        const plan = userAccount(roster);
        for (const row of compileMatrix(roster, NOW).rows) {
          const groups = plan.groups.filter(({ members }) => members.includes(row.person));
          const own = plan.users.find(({ name }) => name === row.person);
          const opened = [...groups, ...(own ? [own] : [])]
            .flatMap(({ inlinePolicies }) => inlinePolicies)
            .flatMap(({ document }) => document.Statement)
            .filter(({ Action }) => Action?.includes("sts:AssumeRole"))
            .flatMap(({ Resource }) => Resource ?? []);
          const shown = row.cells.flatMap(({ account, tiers }) =>
            tiers.map(
              ({ tier }) =>
                `arn:aws:iam::${account === "testing" ? "222222222222" : "333333333333"}:role/rolecall/${tier}`,
            ),
          );
          expect([...new Set(opened)].sort()).toEqual(shown.sort());
        }
      }),
    );
  });
});

test("another role of each account in place of its deploy role changes nothing else", () => {
  const roster = sampleRoster();
  const reading = withDeployRole(roster, "path/Reader");
  const plan = (value: Roster) => compiled(value).stacks.flatMap(({ accounts }) => accounts);
  const without = (value: Roster) => plan(value).map(({ deployRoleArn: _, ...account }) => account);
  expect(without(reading)).toEqual(without(roster));
  for (const { id, deployRoleArn } of plan(reading)) expect(deployRoleArn).toBe(`arn:aws:iam::${id}:role/path/Reader`);
});
