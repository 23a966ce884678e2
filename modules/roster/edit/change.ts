/** What somebody wants changed, in the roster's own words; texts are not checked here: the roster's rules judge the result. */
export type RosterEdit =
  | GrantChange
  | { readonly kind: "revoke"; readonly person: string; readonly account: string; readonly tier?: string | undefined }
  | { readonly kind: "join" | "leave"; readonly person: string; readonly team: string }
  | { readonly kind: "add-person"; readonly person: string; readonly teams: readonly string[] }
  | { readonly kind: "remove-person"; readonly person: string }
  | { readonly kind: "add-account"; readonly account: string; readonly settings: AccountSettings }
  | { readonly kind: "add-team"; readonly team: string; readonly grants: Readonly<Record<string, string>> };

export interface GrantChange {
  readonly kind: "grant";
  readonly person: string;
  /** An account or `@environment`. */
  readonly account: string;
  readonly tier: string;
  /** As the roster writes it; `false` for no end. @default the end it has, else none */
  readonly until?: string | false | undefined;
  readonly reason?: string | undefined;
}

/** In the order they are written. */
export interface AccountSettings {
  readonly id: string;
  readonly environment?: string | undefined;
  readonly region?: string | undefined;
  readonly stack?: string | undefined;
  readonly deployRole?: string | undefined;
  readonly spectatorReads?: string | undefined;
}
