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
  const compiled = new Map<string, CompiledPolicy>();
  const byArn = (arn: string): CompiledPolicy => {
    const known = compiled.get(arn) ?? textOf(arn, documents.policies.get(arn) ?? managed.get(arn));
    compiled.set(arn, known);
    return known;
  };
  const own = (holder: PolicyHolder, kind: string): readonly CompiledPolicy[] => [
    ...[...holder.inline].map(([name, document]) => compilePolicy(`${kind} ${holder.name}/${name}`, document)),
    ...holder.attached.map(byArn),
  ];
  const boundaryOf = ({ boundary }: PolicyHolder) => (boundary === undefined ? {} : { boundary: byArn(boundary) });
  const groups = documents.groups.map((group) => ({
    members: new Set(group.members),
    policies: own(group, "group"),
  }));
  const users = new Map(documents.users.map((user): [string, UserDocuments] => [user.name, user]));
  const roles = new Map(documents.roles.map((role) => [role.name, role]));
  const textsOf = ({ inline, attached, boundary }: PolicyHolder): readonly unknown[] => [
    ...[...inline].sort(([a], [b]) => compareText(a, b)).map(([, document]) => document),
    ...attached.map((arn) => documents.policies.get(arn) ?? managed.get(arn) ?? arn),
    ...(boundary === undefined
      ? []
      : ["boundary", documents.policies.get(boundary) ?? managed.get(boundary) ?? boundary]),
  ];
  return {
    documents,
    textOf: (holder) => [
      ...textsOf(holder),
      ...documents.groups
        .filter(({ members }) => holder.kind === "user" && members.includes(holder.name))
        .flatMap((group) => [GROUP_MARK, ...textsOf(group)]),
    ],
    user: (name) => {
      const user = users.get(name);
      const through = groups.filter(({ members }) => members.has(name)).flatMap(({ policies }) => policies);
      return user && { identity: [...own(user, "user"), ...through], ...boundaryOf(user) };
    },
    role: (name) => {
      const role = roles.get(name);
      return (
        role && {
          documents: role,
          policies: { identity: own(role, "role"), ...boundaryOf(role) },
          trust: compilePolicy(`trust of ${role.name}`, role.trust),
        }
      );
    },
  };
}

function textOf(arn: string, document: unknown): CompiledPolicy {
  return document === undefined ? missingPolicy(arn) : compilePolicy(arn, document);
}
