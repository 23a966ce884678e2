import { quote } from "../../text";
import { countOf } from "../../words";
import { isLock } from "../lock";
import type { PersonState } from "../person-state";

/** Whether a person may get a one-time password now. */
export type InviteCheck =
  | { readonly kind: "refused"; readonly reason: string }
  /** `question`: what a person must agree to first; absent when there is nothing to agree to. */
  | { readonly kind: "ready"; readonly warnings: readonly string[]; readonly question?: string | undefined };

export interface InviteFacts {
  readonly person: string;
  /** Groups the roster puts the person into. */
  readonly groups: readonly string[];
  /** What the user account holds; `undefined` without such a user. */
  readonly state: PersonState | undefined;
  /** A new password for a person who has one. */
  readonly again: boolean;
}

/**
 * A password is for a person who is applied and has none yet. A person with an MFA device has enrolled before: a new password is
 * then a reset, which lets in anybody who asked for it, as far as the device allows, and needs a yes.
 */
export function checkInvite({ person, groups, state, again }: InviteFacts): InviteCheck {
  const name = quote(person);
  if (state === undefined)
    return refused(`${name} is in the roster, but not yet in the user account; run rolecall apply user first`);
  if (state.attachedPolicies.some(isLock))
    return refused(`an offboarding of ${name} stopped halfway; finish it with rolecall offboard, then apply`);
  const missing = groups.filter((group) => !state.groups.includes(group));
  if (missing.length > 0)
    return refused(
      `${name} is not yet in ${missing.map(quote).join(", ")}, without which enrolling fails; run rolecall apply user first`,
    );
  if (state.hasPassword && !again)
    return refused(
      `${name} already has a password; --again sets a new one-time password, so make sure that ${name} really asked for it`,
    );
  if (!state.hasPassword && again) return refused(`${name} has no password to replace; run this without --again`);
  return { kind: "ready", warnings: warningsOf(name, state), question: questionOf(name, state) };
}

function refused(reason: string): InviteCheck {
  return { kind: "refused", reason };
}

function questionOf(name: string, { mfaDevices }: PersonState): string | undefined {
  if (mfaDevices.length === 0) return undefined;
  const devices = countOf(mfaDevices.length, "MFA device", "MFA devices");
  return `${name} already has ${devices}, so this is a reset, not an invitation. Did ${name} ask for it, and are you sure that it was ${name}?`;
}

function warningsOf(name: string, { keys, mfaDevices, hasPassword }: PersonState): readonly string[] {
  const active = keys.filter((key) => key.active).length;
  const early =
    active > 0 && mfaDevices.length === 0
      ? [
          `${name} has ${countOf(active, "active access key", "active access keys")} and no MFA device: anybody who holds a key can enrol a device as ${name}; delete the keys first`,
        ]
      : [];
  const open = hasPassword ? [`a new password does not end the open sessions of ${name}`] : [];
  return [...early, ...open];
}
