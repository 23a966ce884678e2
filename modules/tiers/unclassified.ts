import { actionMatcher } from "../iam/action-pattern";
import type { CatalogueAction } from "../iam/catalogue";
import accepted from "./accepted.json";
import { DENIED_FAMILIES } from "./denied-families";
import reviewed from "./reviewed.json";

/** Names of buying and committing, and of roles, trust and credentials. */
const SUSPICIOUS = new RegExp(
  [
    "Purchase|Reserv|Subscri|Commit|Offering|Agreement|Contract|Upgrade|Renew|RegisterDomain|TransferDomain|Order|Quote",
    "SavingsPlan|Pricing|Payment|LegalHold|VaultLock|Retention|LongTerm|TrainingPlan|Membership",
    "Create.*Role|Put.*Role|Set.*Role|Associate.*Role|Assign.*Role|RoleMapping|Trust|AccessEntry|AccessPolicy|AdminAccess",
    "Federat|IdentityProvider|AssumeRole|PassRole|Credential|PresignedUrl|DelegatedAdmin|StackSet|StackInstances",
  ].join("|"),
);

/** What only gives something up commits to nothing and gives nobody rights. */
const GIVING_UP =
  /:(Batch)?(Cancel|Deactivate|Delete|Deregister|Disable|Disassociate|Reject|Remove|Stop|Unsubscribe|Withdraw)/;

/**
 * Actions that look like a purchase or a way to more rights, and are neither denied to operators nor in `accepted.json` nor in
 * `reviewed.json` with a reason: for a person to read. The catalogue grows, so this list does; a test keeps it empty.
 */
export function unclassifiedActions(
  catalogue: readonly CatalogueAction[],
  seenActions: readonly string[] = reviewedActions(),
): readonly string[] {
  const services = Object.values(DENIED_FAMILIES).flatMap(({ services }) => services.map((service) => `${service}:*`));
  const actions = Object.values(DENIED_FAMILIES).flatMap(({ actions }) => actions);
  const denied = ["iam:*", ...services, ...actions].map(actionMatcher);
  const seen = new Set([...seenActions, ...accepted.paths.flatMap(({ actions }) => actions)]);
  return catalogue
    .filter(({ name, level }) => level !== "R" && level !== "L" && SUSPICIOUS.test(name) && !GIVING_UP.test(name))
    .map(({ name }) => name)
    .filter((name) => !seen.has(name) && !denied.some((matches) => matches(name)));
}

/** What was read and consciously left to operators. */
export function reviewedActions(): readonly string[] {
  return reviewed.groups.flatMap(({ actions }) => actions);
}
