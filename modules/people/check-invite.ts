import { quote } from "../text";
import { isLock } from "./offboard-steps";
import type { PersonState } from "./person-state";

/** Whether a person may get a one-time password now. */
export type InviteCheck =
  | { readonly kind: "refused"; readonly reason: string }
  /** `ask`: what a person must agree to first; absent when there is nothing to agree to. */
  | { readonly kind: "ready"; readonly warnings: readonly string[]; readonly ask?: string };

export interface InviteRequest {
  readonly person: string;
  /** Groups the roster puts the person into. */
  readonly groups: readonly string[];
  /** What the user account holds; `undefined` without such a user. */
  readonly state: PersonState | undefined;
  /** A new password for somebody who has one. */
  readonly again: boolean;
}

/**
 * A password is for somebody who is applied and has none yet. Whoever has an MFA device enrolled before: a new password is
 * then a reset, which lets in whoever asked for it as far as the device allows, and takes a yes.
 */
export function checkInvite({ person, groups, state, again }: InviteRequest): InviteCheck {
  const name = quote(person);
  if (state === undefined)
    return refused(`${name} is in the roster, and not in the user account yet; run rolecall apply user first`);
  if (state.attachedPolicies.some(isLock))
    return refused(`an offboarding of ${name} has stopped half way; finish it with rolecall offboard, then apply`);
  const missing = groups.filter((group) => !state.groups.includes(group));
  if (missing.length > 0)
    return refused(
      `${name} is not yet in ${missing.map(quote).join(", ")}, without which enrolling fails; run rolecall apply user first`,
    );
  if (state.hasPassword && !again)
    return refused(
      `${name} has a password already; --again sets a new one-time password, so be sure that it is ${name} who asks`,
    );
  if (!state.hasPassword && again) return refused(`${name} has no password that could be set again; leave --again out`);
  const ask = questionOf(name, state);
  return { kind: "ready", warnings: warningsOf(name, state), ...(ask === undefined ? {} : { ask }) };
}

function refused(reason: string): InviteCheck {
  return { kind: "refused", reason };
}

function questionOf(name: string, { mfaDevices }: PersonState): string | undefined {
  if (mfaDevices.length === 0) return undefined;
  const devices = mfaDevices.length === 1 ? "an MFA device" : `${mfaDevices.length} MFA devices`;
  return `${name} has ${devices} already, so this is a reset and no invitation. Did ${name} ask for it, and do you know that it was ${name}?`;
}

function warningsOf(name: string, { keys, mfaDevices, hasPassword }: PersonState): readonly string[] {
  const active = keys.filter((key) => key.active).length;
  const early =
    active > 0 && mfaDevices.length === 0
      ? [
          `${name} has ${active} active access ${active === 1 ? "key" : "keys"} and no MFA device: whoever holds a key can enrol a device as ${name}; delete the keys first`,
        ]
      : [];
  const open = hasPassword ? [`sessions that ${name} has open are not ended by a new password`] : [];
  return [...early, ...open];
}
