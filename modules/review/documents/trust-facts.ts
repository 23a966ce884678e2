import type { RoleDocuments } from "../../iam/account-documents";
import { accountPrincipal } from "../../iam/arn";
import type { PartitionId } from "../../iam/partition";
import { recordOf } from "../../terraform/read/json";
import { isRecord } from "../../text";
import { type Fact, idOf } from "./fact";
import { normalDocument } from "./normal-document";
import { withOtherNames } from "./other-names";

type Statement = Readonly<Record<string, unknown>>;

/**
 * Whom a role trusts, whether MFA is asked for and how old it may be, and everything else of its trust policy as one. Only a
 * policy with one statement that allows is read apart, and one with a second that differs only in the session's name: of others,
 * who is let in under which condition must stay together.
 */
export function trustFacts({ name: role, trust }: RoleDocuments, partition: PartitionId): readonly Fact[] {
  const statements = isRecord(trust) ? [trust["Statement"]].flat() : [];
  const allows = statements.filter((each) => recordOf(each)["Effect"] === "Allow");
  const named = withOtherNames(allows);
  const only = named?.own ?? allows[0];
  const read =
    (named !== undefined || allows.length === 1) && isRecord(only) ? readStatement(role, only, partition) : undefined;
  const left = statements.filter((each) => each === only || !(named && allows.includes(each)));
  const rest =
    read && isRecord(trust) ? { ...trust, Statement: left.map((each) => (each === only ? read.rest : each)) } : trust;
  const whole: Fact = {
    id: `trust ${role}`,
    direction: "neutral",
    value: normalDocument(rest, partition),
    differs: () => ({ kind: "trust-conditions", role }),
  };
  const within = `trust read ${role}`;
  const marker: Fact = { id: within, direction: "neutral", value: "" };
  const facts = [...(read?.facts ?? []), ...(named?.names ?? []).map((name) => takesName(role, name))];
  return read ? [...facts.map((fact) => ({ ...fact, within })), marker, whole] : [whole];
}

interface Read {
  readonly facts: readonly Fact[];
  /** The statement without what the facts tell. */
  readonly rest: Statement;
}

function readStatement(role: string, statement: Statement, partition: PartitionId): Read {
  const trusted = principals(statement["Principal"], partition);
  const { Principal: _, ...unnamed } = statement;
  const present = conditionOf(statement, "Bool", PRESENT);
  const age = Number(conditionOf(statement, "NumericLessThan", AGE) ?? Number.NaN);
  const mfa = String(present) === "true" ? [needsMfa(role)] : [];
  const aged = Number.isSafeInteger(age) ? [mfaAge(role, age)] : [];
  const read = [...(mfa.length > 0 ? [["Bool", PRESENT]] : []), ...(aged.length > 0 ? [["NumericLessThan", AGE]] : [])];
  return {
    facts: [...(trusted ?? []).map((principal) => trusts(role, principal)), ...mfa, ...aged],
    rest: { ...(trusted ? unnamed : statement), Condition: withoutConditions(statement["Condition"], read) },
  };
}

/** `arn:...`, `*` for everybody, `Service ...`; undefined when it is written in another way. */
function principals(principal: unknown, partition: PartitionId): readonly string[] | undefined {
  if (principal === "*") return ["*"];
  const named = Object.entries(recordOf(principal)).flatMap(([kind, names]) =>
    [names].flat().map((name) => ({ kind, name })),
  );
  if (named.length === 0 || named.some(({ name }) => typeof name !== "string")) return undefined;
  return [...new Set(named.map(({ kind, name }) => principalOf(kind, String(name), partition)))];
}

function principalOf(kind: string, name: string, partition: PartitionId): string {
  if (kind !== "AWS") return `${kind} ${name}`;
  return /^\d{12}$/.test(name) ? accountPrincipal({ partition, id: name }) : name;
}

function trusts(role: string, principal: string): Fact {
  return {
    ...{ id: `trusts ${role} ${principal}`, of: ofRole(role), value: "" },
    comes: { kind: "trust-added", role, principal },
    goes: { kind: "trust-removed", role, principal },
  };
}

function needsMfa(role: string): Fact {
  return {
    ...{ id: `mfa ${role}`, of: ofRole(role), detail: true, value: "", direction: "narrowing" },
    comes: { kind: "trust-mfa", role, before: false, after: true },
    goes: { kind: "trust-mfa", role, before: true, after: false },
  };
}

function takesName(role: string, name: string): Fact {
  return {
    ...{ id: `session name ${role} ${name}`, of: ofRole(role), value: "" },
    comes: { kind: "trust-session-name-added", role, name },
    goes: { kind: "trust-session-name-removed", role, name },
  };
}

function mfaAge(role: string, seconds: number): Fact {
  return {
    ...{ id: `mfa age ${role}`, of: ofRole(role), detail: true, value: seconds, direction: "narrowing" },
    comes: { kind: "trust-mfa-age", role, after: seconds },
    goes: { kind: "trust-mfa-age", role, before: seconds },
    differs: (before, after) => ({
      kind: "trust-mfa-age",
      role,
      before: Number(before),
      after: Number(after),
    }),
  };
}

function ofRole(name: string): string {
  return idOf({ type: "role", name });
}

const AGE = "aws:multifactorauthage";
const PRESENT = "aws:multifactorauthpresent";

/** The one value of a condition that is the only one under its operator, as Rolecall writes it. */
function conditionOf(statement: Statement, operator: string, key: string): unknown {
  const found = Object.entries(recordOf(recordOf(statement["Condition"])[operator]));
  const values = found.filter(([name]) => name.toLowerCase() === key).map(([, value]) => [value].flat());
  return values.length === 1 && values[0]?.length === 1 ? values[0][0] : undefined;
}

/** `named`: operator and key, in lower case, of what is left out. */
function withoutConditions(condition: unknown, named: readonly (readonly string[])[]): unknown {
  if (!isRecord(condition)) return condition ?? null;
  const kept = Object.entries(condition).flatMap(([operator, keys]): [string, unknown][] => {
    const drop = named.filter(([known]) => known === operator).map(([, key]) => key);
    if (drop.length === 0 || !isRecord(keys)) return [[operator, keys]];
    const left = Object.entries(keys).filter(([key]) => !drop.includes(key.toLowerCase()));
    return left.length === 0 ? [] : [[operator, Object.fromEntries(left)]];
  });
  return kept.length === 0 ? null : Object.fromEntries(kept);
}
