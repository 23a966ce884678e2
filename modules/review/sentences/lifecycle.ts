import { quote } from "../../text";
import { countOf } from "../../words";
import type { ChangeOf } from "../access-change";
import type { Kind } from "../changes/plans";
import { identityText } from "./documents";
import { quotedNames } from "./lists";
import { unreadMembersText } from "../../terraform/read/unread-members";
import { resourceText, typeText } from "./resources";
import type { Sentences } from "./tellers";

type Lifecycle =
  | "first-apply"
  | "resource-respelled"
  | "resource-renamed"
  | "resource-forgotten"
  | "resource-replaced"
  | "resource-imported"
  | "resource-tags"
  | "list-removed"
  | "addresses-changed"
  | "members-unread"
  | "trust-of-nobody"
  | "resources-without-account"
  | "not-judged-more"
  | "alias-unknown"
  | "drift-arguments";

export const LIFECYCLE: Sentences<Lifecycle> = {
  "first-apply": ({ account, count }) =>
    `${account} was never applied with this Terraform state; the plan creates everything (${countOf(count, "resource", "resources")})`,
  "resource-respelled": ({ type, before, after }) =>
    `${type} ${quote(after)} differs from the existing ${quote(before)} only in case, and IAM treats them as the same name; rolecall apply refuses that`,
  "resource-renamed": renamed,
  "resource-forgotten": ({ resource }) => `${resourceText(resource)} stays in AWS and leaves Rolecall's control`,
  "resource-replaced": ({ resource }) =>
    `${resourceText(resource)} is deleted and created again${REPLACED[resource.type]}`,
  "resource-imported": ({ resource }) =>
    `${resourceText(resource)} already exists in AWS and is imported, with ${BRINGS[resource.type]}`,
  "resource-tags": ({ resource, after }) =>
    `other tags on ${resourceText(resource)}: ${quotedNames(after.tags)}; policies elsewhere may ask for them`,
  "list-removed": ({ list, of }) =>
    `policies that others ${list === "attached" ? "attached to" : "written into"} ${identityText(of)} stay there from now on`,
  "addresses-changed": ({ count, names }) =>
    `${countOf(count, "resource has", "resources have")} another address in Terraform's state${names.length === 0 ? "" : `: ${quotedNames(names)}`}`,
  "members-unread": ({ group }) => unreadMembersText(group),
  "trust-of-nobody": ({ role, principal, removed }) =>
    `role ${quote(role)} trusts a deleted principal (${principal}), which no longer exists${removed ? "; the apply removes it" : ""}`,
  "resources-without-account": ({ count }) =>
    `${countOf(count, "resource of IAM is", "resources of IAM are")} in an account that the plan does not name, so what happens to them is not judged`,
  "not-judged-more": ({ count }) => `${count} more things cannot be judged`,
  "alias-unknown": () => "the account's alias changes, but its values are not known",
  "drift-arguments": drifted,
};

/** What an object of IAM keeps under another name, and what that makes of whom. */
const KEEPS: Readonly<Record<Kind, readonly [string, string]>> = {
  user: ["its password, access keys and MFA devices", "their owner is"],
  group: ["its members and policies", "its members are in"],
  role: ["its trust, policies and open sessions", "those who may take it take"],
  policy: ["its holders", "its holders hold"],
};

function renamed({ type, before, after }: ChangeOf<"resource-renamed">): string {
  const [what, who] = KEEPS[type];
  const now = after === undefined ? "a name that is not known yet" : quote(after);
  const then = after === undefined ? "" : `: ${who} ${now} from then on`;
  return `${type} ${quote(before)} is renamed to ${now} and keeps ${what}${then}`;
}

/** What has an id of its own is meant by policies that name it; only the name comes back. */
const REPLACED: Readonly<Record<Kind, string>> = {
  role: ": open sessions end, and policies elsewhere that name it no longer mean it",
  user: ": its password, access keys and MFA devices are gone",
  group: "; until then nobody has what it grants",
  policy: "; until then nobody has what it grants",
};

/** What no plan shows: the person who made a user may still have its password and keys. */
const BRINGS: Readonly<Record<Kind, string>> = {
  user: "whatever password, access keys and policies it has",
  group: "whatever members and policies it has",
  role: "whatever policies and open sessions it has",
  policy: "its current holders",
};

function drifted({ resource, resourceType, arguments: keys, kept }: ChangeOf<"drift-arguments">): string {
  const what = resource === undefined ? `what is not judged, ${typeText(resourceType)}` : resourceText(resource);
  const names = keys.map((key) => (/^\w+$/.test(key) ? key : quote(key)));
  const which = names.length === 0 ? "" : ` (${names.join(", ")})`;
  return byHand(`${what}${which}`, kept);
}

/** What somebody did by hand since the last apply, and what becomes of it. */
export function byHand(what: string, kept: boolean): string {
  return `changed by hand since the last apply: ${what}; the apply ${kept ? "keeps it" : "puts it back"}`;
}

export const PASSWORDS: Sentences<"password-policy-twice" | "password-policy-removed" | "password-policy"> = {
  "password-policy-twice": () => "several resources set the password policy; the last one counts",
  "password-policy-removed": () => "passwords only have to meet AWS's default rules",
  "password-policy": ({ argument, before, after }) => {
    const name = /^\w+$/.test(argument) ? argument : quote(argument);
    return `the password policy has ${name} ${after ?? "unset"} instead of ${before ?? "unset"}`;
  },
};
