import type { Rule } from "./rule";
import { administrators } from "./rules/administrators";
import { deployRoles } from "./rules/deploy-roles";
import { expectations } from "./rules/expectations";
import { knownNames } from "./rules/known-names";
import { legalNames } from "./rules/legal-names";
import { namesDiffer } from "./rules/names-differ";
import { oneTierEach } from "./rules/one-tier-each";
import { ownTierActions } from "./rules/own-tier-actions";
import { ownTiers } from "./rules/own-tiers";
import { onePartition, unknownRegions } from "./rules/partition";
import { peopleAndTeams } from "./rules/people-and-teams";
import { sessionNames } from "./rules/session-names";
import { sessions } from "./rules/sessions";
import { stacks } from "./rules/stacks";
import { legalTags } from "./rules/tags";
import { uniqueAccountIds } from "./rules/unique-account-ids";
import { until } from "./rules/until";

/** All rules; their order does not matter, findings are sorted by place. */
export const RULES: readonly Rule[] = Object.freeze([
  administrators,
  deployRoles,
  expectations,
  knownNames,
  legalNames,
  legalTags,
  namesDiffer,
  oneTierEach,
  ownTierActions,
  ownTiers,
  onePartition,
  peopleAndTeams,
  sessionNames,
  sessions,
  stacks,
  uniqueAccountIds,
  until,
]);

/** Those that look at one word each, and so hold even for a roster that is broken elsewhere. */
export const WORD_RULES: readonly Rule[] = Object.freeze([knownNames, unknownRegions, until]);
