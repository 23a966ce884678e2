import type { AccountDocuments, UserDocuments } from "../../iam/account-documents";
import { compareText, stableJson } from "../../text";

/** The users of `after` for whom anything that decides what they may do is not the same text as before: of a thousand, a few. */
export function touchedUsers(before: AccountDocuments, after: AccountDocuments): readonly UserDocuments[] {
  if (policiesOf(before) !== policiesOf(after)) return after.users;
  const old = textsOf(before);
  const now = textsOf(after);
  return after.users.filter(({ name }) => old.get(name) !== now.get(name));
}

function policiesOf({ policies }: AccountDocuments): string {
  return [...policies]
    .map((each) => stableJson(each))
    .sort(compareText)
    .join("\n");
}

/** Everything each user has, its groups' included, by name. */
function textsOf({ users, groups }: AccountDocuments): ReadonlyMap<string, string> {
  const texts = new Map<string, string[]>(users.map((user) => [user.name, [textOf(user)]]));
  for (const { members, ...group } of groups) {
    const text = textOf(group);
    for (const member of new Set(members)) texts.get(member)?.push(text);
  }
  return new Map(
    [...texts].map(([name, [own = "", ...others]]) => [name, [own, ...others.sort(compareText)].join("\n")]),
  );
}

function textOf(holder: { readonly inline: ReadonlyMap<string, unknown> }): string {
  return stableJson({ ...holder, inline: [...holder.inline] });
}
