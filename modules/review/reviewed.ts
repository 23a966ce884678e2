import { compileAccess } from "../access/compile";
import { accessDocuments } from "../access/plan-documents";
import type { AccountDocuments } from "../iam/account-documents";
import type { Catalogue } from "../iam/catalogue";
import type { ManagedPolicies } from "../proof/checks/compiled-account";
import { Refusal } from "../refusal";
import type { Roster } from "../roster/roster";
import { type Abilities, tierAbilities } from "./rules/abilities";

/** The rosters of the two sides. */
export interface ReviewedRosters {
  /** `none`: no base is asked for; `absent`: the base has no roster, so everything is new. */
  readonly base: Roster | "none" | "absent";
  readonly head: Roster;
}

/** What judging takes besides what is compared. It is read when something asks for it: most reviews ask nothing. */
export interface ReviewSources {
  readonly now: Date;
  readonly catalogue: () => Catalogue;
  readonly managed: () => ManagedPolicies;
}

/** What the roster compiles to, as documents of every account. Throws a `Refusal` where it does not compile. */
export function compiledDocuments(roster: Roster, now: Date): readonly AccountDocuments[] {
  const access = compileAccess(roster, now);
  if (access.ok) return accessDocuments(access.value);
  throw new Refusal("the roster does not compile; rolecall check shows every finding", { findings: access.findings });
}

export function abilitiesFrom({ now, catalogue, managed }: ReviewSources): Abilities {
  return tierAbilities(() => ({ catalogue: catalogue(), managed: managed(), now }));
}
