import type { Composed, Owner } from "../../client/profiles/compose";
import type { Profile } from "../../client/profiles/profile";
import type { StyleName } from "../../client/profiles/style-names";
import { switchRoleLink } from "../../client/profiles/switch-role-link";

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
