import data from "./data/calls.json";

/** A call that IAM's policies do not decide, or not alone. */
export interface FreeCall {
  /** `always`: works whatever the policies say. `unless denied`: needs no Allow, with credentials that are not temporary. */
  readonly kind: "always" | "unless denied";
  readonly why: string;
}

const CALLS: ReadonlyMap<string, FreeCall> = new Map([
  ...rows(data.withoutPermission, "always"),
  ...rows(data.withoutAllow, "unless denied"),
]);

function rows(
  calls: Readonly<Record<string, string>>,
  kind: FreeCall["kind"],
): readonly (readonly [string, FreeCall])[] {
  return Object.entries(calls).map(([call, why]) => [call.toLowerCase(), { kind, why }] as const);
}

/** What is free about an action, given in lower case. Dated: `data/calls.json`. */
export function freeCall(action: string): FreeCall | undefined {
  return CALLS.get(action);
}

/** True for a call that takes long-term credentials only: no session of a role makes it. */
export function needsOwnCredentials(action: string): boolean {
  return freeCall(action.toLowerCase())?.kind === "unless denied";
}

const BY_TOKEN: ReadonlySet<string> = new Set(data.byToken.map((call) => call.toLowerCase()));

/** True for a call of which IAM is never asked: the token that comes with it decides. */
export function isDecidedByToken(action: string): boolean {
  return BY_TOKEN.has(action.toLowerCase());
}

const BY_FEDERATION: ReadonlyMap<string, string> = new Map(
  Object.entries(data.byFederation).map(([call, why]) => [call.toLowerCase(), why]),
);

/** Why no policy of a caller decides a call that comes with what a federation provider signed; undefined for every other. */
export function whyByFederation(action: string): string | undefined {
  return BY_FEDERATION.get(action.toLowerCase());
}
