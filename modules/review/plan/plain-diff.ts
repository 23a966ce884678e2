import type { AccountDocuments, PolicyHolder } from "../../iam/account-documents";
import { listOf, recordOf } from "../../terraform/json";
import { quote, stableJson } from "../../text";
import type { AccessChange } from "../access-change";

interface Fact {
  readonly account: string;
  readonly person?: string;
  /** `"ann" ... operator in production`: with a verb for gaining and losing. */
  readonly gain: string;
  readonly loss: string;
  /** Equal facts are no change. */
  readonly value: string;
}

/**
 * What two sets of documents differ in, without judging what a document allows: who is allowed to assume which role is told
 * as gained or lost, and every other difference is unknown. `keys`: account key by id.
 */
export function plainDiff(
  before: readonly AccountDocuments[],
  after: readonly AccountDocuments[],
  keys: ReadonlyMap<string, string>,
): readonly AccessChange[] {
  const [old, now] = [facts(before, keys), facts(after, keys)];
  const lost = [...old].filter(([key]) => !now.has(key)).map(([, fact]) => said(fact, "narrowing", fact.loss));
  return [
    ...[...now].flatMap(([key, fact]) => {
      const was = old.get(key);
      if (was === undefined) return [said(fact, "widening", fact.gain)];
      return was.value === fact.value ? [] : [said(fact, "unknown", `${fact.gain}, otherwise than before`)];
    }),
    ...lost,
  ];
}

function said({ account, person }: Fact, direction: AccessChange["direction"], sentence: string): AccessChange {
  return { direction, account, sentence, ...(person === undefined ? {} : { person }) };
}

function facts(accounts: readonly AccountDocuments[], keys: ReadonlyMap<string, string>): ReadonlyMap<string, Fact> {
  const found = new Map<string, Fact>();
  const policies = new Map(accounts.flatMap((account) => [...account.policies]));
  for (const account of accounts) {
    const key = keys.get(account.id) ?? account.id;
    const add = (id: string, fact: Omit<Fact, "account">) =>
      found.set(`${account.id} ${id}`, { account: key, ...fact });
    for (const role of account.roles)
      add(`role ${role.name}`, {
        ...appears(`role ${quote(role.name)}`),
        value: stableJson([role.path, normal(role.trust), role.maxSessionSeconds ?? null, holdings(role, policies)]),
      });
    for (const group of account.groups) {
      add(`group ${group.name}`, {
        ...appears(`group ${quote(group.name)}`),
        value: stableJson([group.path, holdings(group, policies)]),
      });
      for (const member of group.members)
        add(`member ${member} ${group.name}`, {
          person: member,
          gain: `${quote(member)} gains what the group ${quote(group.name)} may`,
          loss: `${quote(member)} loses what the group ${quote(group.name)} may`,
          value: "",
        });
    }
    for (const user of account.users)
      add(`user ${user.name}`, {
        person: user.name,
        ...appears(`user ${quote(user.name)}`),
        value: stableJson([user.path, holdings(user, policies)]),
      });
  }
  return found;
}

function appears(what: string): { readonly gain: string; readonly loss: string } {
  return { gain: `${what} is there`, loss: `${what} is gone` };
}

function holdings(holder: PolicyHolder, policies: ReadonlyMap<string, unknown>): unknown {
  const inline = [...holder.inline].map(([name, document]) => [name, normal(document)]).sort();
  const attached = [...holder.attached].sort().map((arn) => [arn, normal(policies.get(arn))]);
  const { boundary } = holder;
  return [inline, attached, boundary ?? null, boundary === undefined ? null : normal(policies.get(boundary))];
}

/** Without what makes no difference to IAM: the order of lists, one value as a list, empty statement ids. */
function normal(value: unknown): unknown {
  const list = listOf(value).map(normal);
  if (Array.isArray(value)) return list.length === 1 ? list[0] : list.map((each) => stableJson(each)).sort();
  if (typeof value !== "object" || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(recordOf(value))
      .filter(([key]) => key !== "Sid")
      .map(([key, inner]) => [key, normal(inner)]),
  );
}
