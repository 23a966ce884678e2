import enrolment from "./enrolment.json";
import escalations from "./escalations.json";
import operator from "./operator.json";
import forbidden from "./forbidden.json";
import selfService from "./self-service.json";
import spectator from "./spectator.json";

/** `service:Action` from a table of service -> names separated by spaces. */
function namesIn(table: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(table).flatMap(([service, names]) => names.split(" ").map((name) => `${service}:${name}`));
}

interface Family {
  readonly name: string;
  readonly what: string;
  readonly actions: ReadonlySet<string>;
}

/** What operators never have, by family. */
export const FORBIDDEN: readonly Family[] = Object.entries(forbidden.families).map(([name, { what, actions }]) => ({
  name,
  what,
  actions: new Set(namesIn(actions)),
}));

/** What people store, which spectators see only where the roster says so; secrets they never see. */
export const DATA_READS: readonly string[] = namesIn(spectator.data);
export const SECRET_READS: readonly string[] = namesIn(spectator.secrets);
/** The least a spectator must be able to see. */
export const LEAST_READS: readonly string[] = namesIn(spectator.least);

/** A way to more rights, as requests of which one at least must fail; or why it is accepted. */
export interface Escalation {
  readonly name: string;
  readonly source: string;
  readonly steps: readonly PromisedRequest[];
  readonly accepted?: string;
}

/** `{account}` and `{boundary}` stand for the account's id and the boundary's ARN. */
export interface PromisedRequest {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

export const ESCALATIONS: readonly Escalation[] = escalations.paths;

/** What operators can do to identities: exactly this, and at these places no change at all. */
export const OPERATOR_MUST: readonly PromisedRequest[] = operator.must as readonly PromisedRequest[];
export const CLOSED_PLACES: readonly string[] = operator.closed;
/** Changes that are open everywhere, since AWS decides what comes of them. */
export const UNBOUND: ReadonlySet<string> = new Set(operator.unbound);

/** What a person may do in the user account: action -> kinds of resource; `early` is what works before MFA. */
interface SelfService {
  readonly always: Readonly<Record<string, readonly string[]>>;
  readonly withMfa: Readonly<Record<string, readonly string[]>>;
}

export const SELF_SERVICE: SelfService = selfService;

/** One moment of an enrolment or an abuse of it, and what can be done then. */
export interface EnrolmentStep {
  readonly moment: string;
  readonly signIn: "keys" | "console" | "mfa";
  readonly may: readonly PromisedRequest[];
  readonly mayNot: readonly PromisedRequest[];
  /** Needs no permission, so that only a denial could stop it. */
  readonly notDenied?: readonly PromisedRequest[];
  /** Denied by the person's own policies, whatever the other side says: the second lock. */
  readonly denied?: readonly PromisedRequest[];
}

export const ENROLMENT: readonly EnrolmentStep[] = enrolment.steps as readonly EnrolmentStep[];
