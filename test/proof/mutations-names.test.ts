import { readFileSync } from "node:fs";
import { join } from "node:path";
import { claimAccess } from "../../modules/access/claims";
import type { AccountDocuments } from "../../modules/iam/account-documents";
import { parseCatalogue } from "../../modules/iam/catalogue";
import type { BreachMemory } from "../../modules/proof/checks/breach";
import { checksOf, proveDocuments } from "../../modules/proof/prove";
import { readStackDocuments } from "../../modules/terraform/read/stack-documents";
import { sampleRoster } from "../support/sample-roster";
import { NOW, stackTexts, synthesized } from "../support/synth";
import { mutants } from "./mutate";

/* The same of a trust that takes further session names: every change of it is caught, or changes nobody's access. */
jest.setTimeout(600_000);

const AWSU = `awsu-${"?".repeat(32)}`;
const PATTERNS = [AWSU, "tool-*"];
const catalogue = parseCatalogue(readFileSync(join(__dirname, "../../modules/iam/catalogue.json"), "utf8"));
const memory: BreachMemory = new Map();
const plain = sampleRoster();
const roster = {
  ...plain,
  tiers: plain.tiers.map((tier) => (tier.key === "operator" ? { ...tier, sessionNames: PATTERNS } : tier)),
};
const claims = claimAccess(roster);
const documents = readStackDocuments(stackTexts(synthesized(roster)));
const TESTING = "222222222222";

function holds(changed: readonly AccountDocuments[]): boolean {
  for (const { breaches } of checksOf({ claims, documents: changed, catalogue, managed: new Map(), now: NOW, memory }))
    if (breaches.length > 0) return false;
  return true;
}

type Trust = { Statement: { Sid?: string; Condition: Record<string, Record<string, unknown>> }[] };

/** The documents with another trust of one role in testing. */
function withTrust(role: string, change: (trust: Trust) => void): readonly AccountDocuments[] {
  return documents.map((account) => {
    if (account.id !== TESTING) return account;
    const roles = account.roles.map((each) => {
      if (each.name !== role) return each;
      const trust = structuredClone(each.trust) as Trust;
      change(trust);
      return { ...each, trust };
    });
    return { ...account, roles };
  });
}

const names = (value: unknown) => (trust: Trust) => {
  const condition = trust.Statement[1]?.Condition ?? {};
  condition["StringLike"] = { "sts:RoleSessionName": value };
};

test("the unchanged documents are proven", () => {
  const proof = proveDocuments({ claims, documents, catalogue, managed: new Map(), now: NOW, memory });
  expect(proof.checks.flatMap((check) => check.breaches.map(({ message }) => message))).toEqual([]);
});

/** Why a change of the statement changes nothing. */
const EQUIVALENT = [
  /\[\w+\] condition Bool aws:MultiFactorAuthPresent dropped/,
  /\[PeopleWithMfa\] condition ArnLike aws:PrincipalArn dropped/,
];

test("every mutant of the trust is caught, or says the same", () => {
  const changed = [...mutants(documents, [TESTING])].filter(({ what }) => what.includes("trust of operator"));
  const survivors = changed.filter(({ documents: each }) => holds(each)).map(({ what }) => what);
  expect(survivors.filter((what) => !EQUIVALENT.some((each) => each.test(what)))).toEqual([]);
  expect(survivors).toHaveLength(3);
  expect(changed.length).toBeGreaterThan(40);
});

test.each([
  ["wider", [AWSU.slice(0, -1), "tool-*"]],
  ["with any end", ["awsu-*", "tool-*"]],
  ["one character more", [`${AWSU}?`, "tool-*"]],
  ["one pattern less", [AWSU]],
  ["one pattern more", [...PATTERNS, "ann"]],
  ["a person's name more", [...PATTERNS, "dev.one@example.org"]],
  ["anything", "*"],
  ["everybody's own name", [...PATTERNS, "${aws:username}"]],
  ["none", []],
])("names %s are caught", (_what, value) => {
  expect(holds(withTrust("operator", names(value)))).toBe(false);
});

test("mail addresses that fit are caught", () => {
  const found = withTrust("operator", ({ Statement: [, second] }) => void delete second?.Condition["StringNotLike"]);
  expect(holds(found)).toBe(false);
});

test("the names of one tier in the trust of another are caught", () => {
  const operator = documents.find(({ id }) => id === TESTING)?.roles.find(({ name }) => name === "operator");
  const { Statement: [, second] = [] } = (operator?.trust ?? {}) as Partial<Trust>;
  const found = withTrust(
    "spectator",
    (trust) => void trust.Statement.push(structuredClone(second) as Trust["Statement"][0]),
  );
  expect(holds(found)).toBe(false);
});

test("a roster that lets the tier take its names no more catches the trust that still does", () => {
  const proof = proveDocuments({
    ...{ claims: claimAccess(plain), documents, catalogue, managed: new Map(), now: NOW },
  });
  expect(proof.holds).toBe(false);
});
