import type { Place } from "../finding";

/** What is in an account on purpose, besides what the roster makes there; what is live is held to it. */
export interface Expected {
  /** Who may take the deploy role besides the user account; principals as `principalText` writes them, sorted. */
  readonly deployRole: readonly string[];
  readonly roles: readonly ExpectedRole[];
  readonly providers: readonly ExpectedProvider[];
}

export interface ExpectedRole {
  /** `name` or `path/name`. */
  readonly name: string;
  /** Every principal of its trust policy, sorted. */
  readonly trusts: readonly string[];
  /** Of its trust and its rights. */
  readonly fingerprint: string;
  readonly place: Place;
}

export interface ExpectedProvider {
  /** `oidc-provider/...` or `saml-provider/...`. */
  readonly name: string;
  readonly fingerprint: string;
  readonly place: Place;
}

export const NOTHING_EXPECTED: Expected = { deployRole: [], roles: [], providers: [] };
