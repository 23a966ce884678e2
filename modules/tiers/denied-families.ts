import audit from "./denied/audit.json";
import cloudhsm from "./denied/cloudhsm.json";
import escalation from "./denied/escalation.json";
import organization from "./denied/organization.json";
import purchases from "./denied/purchases.json";

/** What an operator never does, as dated data a reviewer can read. A pattern may match several actions; tests pin which. */
export interface DeniedFamily {
  readonly what: string;
  readonly source: string;
  readonly date: string;
  /** Services closed whole, new actions included; all but `readable`. */
  readonly services: readonly string[];
  /** Reading that stays open in those services. */
  readonly readable: readonly string[];
  /** In other services: single actions, or the shortest pattern that matches nothing harmless. */
  readonly actions: readonly string[];
}

/** By the name of their deny statement. */
export const DENIED_FAMILIES: Readonly<Record<string, DeniedFamily>> = {
  NoPurchases: purchases,
  NoOrganization: organization,
  NoKeyStores: cloudhsm,
  NoAuditTampering: audit,
  NoNewTrust: escalation,
};
