import { quote } from "../../text";
import type { IamIdentity } from "../changes/documents";
import type { PlanResource } from "../changes/plans";
import { identityText } from "./documents";

const SETTINGS = { alias: "the account's alias", "password-policy": "the password policy" } as const;
const LISTS = {
  membership: "the membership",
  "inline-list": "the list of inline policies",
  "attached-list": "the list of attached policies",
} as const;

/** `role "operator"`, `the membership of group "people"`, `policy "access" of group "people"`. */
export function resourceText(resource: PlanResource): string {
  switch (resource.type) {
    case "user":
    case "group":
    case "role":
    case "policy":
      return `${resource.type} ${quote(resource.name)}`;
    case "alias":
    case "password-policy":
      return SETTINGS[resource.type];
    case "attachment": {
      const { policy, resourceType = "", of } = resource;
      return `${policy === undefined ? quote(resourceType) : `policy ${quote(policy)}`} of ${ownerText(of)}`;
    }
    default:
      return `${LISTS[resource.type]} of ${ownerText(resource.of)}`;
  }
}

function ownerText(of: IamIdentity | undefined): string {
  return of === undefined ? "something without a name" : identityText(of);
}

/** A type of resources, harmless whatever a plan says. */
export function typeText(resourceType: string): string {
  return /^[a-z][a-z0-9_]{0,79}$/.test(resourceType) ? resourceType : "a type without a proper name";
}
