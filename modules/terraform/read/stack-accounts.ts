import { recordOf } from "./json";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface StackAccount {
  readonly key: string;
  /** Absent when the provider names no account. */
  readonly id?: string;
}

/** Which account of a stack a resource belongs to. */
interface StackAccounts {
  readonly accounts: readonly StackAccount[];
  /** Key of the account, or the stack's name when no provider tells. */
  readonly accountOf: (address: string) => string;
}

const ALIAS = /^acct_(.+)$/;

/** Read from the providers and resources of the stack's JSON. */
export function readStackAccounts(stack: { readonly name: string; readonly folder: string }): StackAccounts {
  const json: unknown = JSON.parse(readFileSync(join(stack.folder, "cdk.tf.json"), "utf8"));
  const accounts = listOf(recordOf(recordOf(json)["provider"])["aws"]).flatMap(accountOfProvider);
  const keyByAddress = new Map(providersOfResources(json));
  const accountOf = (address: string): string => {
    const plain = address.replace(/\[[^\]]*\]$/, "");
    return keyByAddress.get(plain) ?? accountByName(plain, accounts) ?? stack.name;
  };
  return { accounts, accountOf };
}

function accountOfProvider(provider: unknown): readonly StackAccount[] {
  const { alias, allowed_account_ids: ids } = recordOf(provider);
  const key = typeof alias === "string" ? ALIAS.exec(alias)?.[1] : undefined;
  const id = listOf(ids)[0];
  return key === undefined ? [] : [{ key, ...(typeof id === "string" ? { id } : {}) }];
}

function providersOfResources(json: unknown): readonly (readonly [string, string])[] {
  return Object.entries(recordOf(recordOf(json)["resource"])).flatMap(([type, resources]) =>
    Object.entries(recordOf(resources)).flatMap(([name, resource]) => {
      const provider = recordOf(resource)["provider"];
      const key = typeof provider === "string" ? ALIAS.exec(provider.replace(/^aws\./, ""))?.[1] : undefined;
      return key === undefined ? [] : [[`${type}.${name}`, key] as const];
    }),
  );
}

/** A resource that is only in the state: construct names begin with their account's key. */
function accountByName(address: string, accounts: readonly StackAccount[]): string | undefined {
  if (accounts.length === 1) return accounts[0]?.key;
  const name = address.slice(address.indexOf(".") + 1);
  return accounts
    .map(({ key }) => key)
    .filter((key) => name.startsWith(`${key}_`))
    .sort((a, b) => b.length - a.length)[0];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
