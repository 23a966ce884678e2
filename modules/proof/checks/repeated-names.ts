import type { AccountDocuments } from "../../iam/account-documents";
import { quote } from "../../text";

/** Names that two of a kind have in one account: IAM takes two spellings for one name, so one of the two is not what is there. */
export function repeatedNames({ users, groups, roles, policies }: AccountDocuments): readonly string[] {
  const nameOf = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);
  return [
    ...repeated(
      "user",
      users.map(({ name }) => name),
    ),
    ...repeated(
      "group",
      groups.map(({ name }) => name),
    ),
    ...repeated(
      "role",
      roles.map(({ name }) => name),
    ),
    ...repeated("policy", [...policies.keys()].map(nameOf)),
  ];
}

function repeated(kind: string, names: readonly string[]): readonly string[] {
  const seen = new Map<string, string>();
  return names.flatMap((name) => {
    const other = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), name);
    return other === undefined
      ? []
      : [`the ${kind} ${quote(name)} is there twice${other === name ? "" : `, once as ${quote(other)}`}`];
  });
}
