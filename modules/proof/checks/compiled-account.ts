import type { AccountDocuments, PolicyHolder, RoleDocuments, UserDocuments } from "../../iam/account-documents";
import { compareText } from "../../text";
import type { Policies } from "../../evaluator/evaluate";
import { type CompiledPolicy, compilePolicy, missingPolicy } from "../../evaluator/policy";

/** Text of a managed policy of AWS's own by ARN, when at hand. */
export type ManagedPolicies = ReadonlyMap<string, unknown>;

/** An account's documents, compiled once for all questions. */
export interface CompiledAccount {
  readonly documents: AccountDocuments;
  /** What a user's own and group policies allow. */
  readonly user: (name: string) => Policies | undefined;
  readonly role: (name: string) => CompiledRole | undefined;
  /** Everything that decides what a holder's sessions may do: equal texts give equal answers. */
  readonly textOf: (holder: PolicyHolder) => readonly unknown[];
}

/** Stands before the documents of a group in `textOf`. */
export const GROUP_MARK = "group";

export interface CompiledRole {
  readonly documents: RoleDocuments;
  readonly policies: Policies;
  readonly trust: CompiledPolicy;
}

export function compileAccount(documents: AccountDocuments, managed: ManagedPolicies): CompiledAccount {
  const textOf = (arn: string): unknown => documents.policies.get(arn) ?? managed.get(arn);
  const byArn = compiledOnce(textOf);
  const own = (holder: PolicyHolder): readonly CompiledPolicy[] => [
    ...[...holder.inline].map(([name, document]) => compilePolicy(`${holder.kind} ${holder.name}/${name}`, document)),
    ...holder.attached.map(byArn),
  ];
  const boundaryOf = ({ boundary }: PolicyHolder) => (boundary === undefined ? {} : { boundary: byArn(boundary) });
  const groups = documents.groups.map((group) => ({ members: new Set(group.members), policies: own(group) }));
  const users = new Map(documents.users.map((user): [string, UserDocuments] => [user.name, user]));
  const roles = new Map(documents.roles.map((role) => [role.name, role]));
  return {
    documents,
    textOf: (holder) => allTexts(holder, documents, textOf),
    user: (name) => {
      const user = users.get(name);
      const through = groups.filter(({ members }) => members.has(name)).flatMap(({ policies }) => policies);
      return user && { identity: [...own(user), ...through], ...boundaryOf(user) };
    },
    role: (name) => {
      const role = roles.get(name);
      return (
        role && {
          documents: role,
          policies: { identity: own(role), ...boundaryOf(role) },
          trust: compilePolicy(`trust of ${role.name}`, role.trust),
        }
      );
    },
  };
}

type TextOf = (arn: string) => unknown;

function compiledOnce(textOf: TextOf): (arn: string) => CompiledPolicy {
  const compiled = new Map<string, CompiledPolicy>();
  return (arn) => {
    const known = compiled.get(arn) ?? compileText(arn, textOf(arn));
    compiled.set(arn, known);
    return known;
  };
}

function compileText(arn: string, document: unknown): CompiledPolicy {
  return document === undefined ? missingPolicy(arn) : compilePolicy(arn, document);
}

function allTexts(holder: PolicyHolder, { groups }: AccountDocuments, textOf: TextOf): readonly unknown[] {
  const through = groups.filter(({ members }) => holder.kind === "user" && members.includes(holder.name));
  return [...ownTexts(holder, textOf), ...through.flatMap((group) => [GROUP_MARK, ...ownTexts(group, textOf)])];
}

function ownTexts({ inline, attached, boundary }: PolicyHolder, textOf: TextOf): readonly unknown[] {
  return [
    ...[...inline].sort(([a], [b]) => compareText(a, b)).map(([, document]) => document),
    ...attached.map((arn) => textOf(arn) ?? arn),
    ...(boundary === undefined ? [] : ["boundary", textOf(boundary) ?? boundary]),
  ];
}
