import type { Composed, Owner } from "../../client/profiles/compose";
import type { Profile } from "../../client/profiles/profile";
import type { StyleName } from "../../client/profiles/style-names";
import { switchRoleLink } from "../../client/profiles/switch-role-link";

export interface ProfilesOptions {
  readonly style: StyleName;
  readonly roster?: string;
  readonly prefix: string;
  readonly sourceProfile?: string;
  readonly mfaSerial?: string;
  /** Into the config file instead of standard output. */
  readonly write?: boolean;
  readonly undo?: boolean;
  /** What writing or undoing would change, and nothing else. */
  readonly dryRun?: boolean;
  /** Config file; the aws client's own without it. */
  readonly file?: string;
  readonly json: boolean;
}

/** What one person is given in one style. */
export interface Given extends Composed {
  readonly owner: Owner;
  readonly style: StyleName;
  readonly profiles: readonly Profile[];
}

/** The same as data. */
export function dataOf({ owner, style, profiles: made, text, notes }: Given): object {
  const rows = made.map(({ name, short, role }) => ({ name, short, ...role, consoleUrl: switchRoleLink(role, name) }));
  return { ok: true, ...owner, style, profiles: rows, text, notes };
}
