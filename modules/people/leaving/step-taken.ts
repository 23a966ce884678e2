import { isLock } from "../lock";
import type { PersonState } from "../person-state";
import type { OffboardStep } from "./offboard-steps";

/** Whether what was read afterwards shows that a step was taken; `undefined` as the state of a user who is gone. */
export function isTaken(step: OffboardStep, state: PersonState | undefined): boolean {
  if (state === undefined) return true;
  switch (step.kind) {
    case "lock":
      return state.attachedPolicies.some(isLock);
    case "deactivate-key":
      return !state.keys.some(({ id, active }) => id === step.id && active);
    case "delete-key":
      return !state.keys.some(({ id }) => id === step.id);
    case "delete-password":
      return !state.hasPassword;
    case "delete-device":
      // A virtual device may be left without its user, which the user's state does not show.
      return !state.mfaDevices.includes(step.id) && !step.id.includes(":mfa/");
    case "delete-certificate":
      return !state.signingCertificates.includes(step.id);
    case "delete-ssh-key":
      return !state.sshKeys.includes(step.id);
    case "delete-service-credential":
      return !state.serviceCredentials.includes(step.id);
    case "leave-group":
      return !state.groups.includes(step.id);
    case "delete-inline-policy":
      return !state.inlinePolicies.includes(step.id);
    case "detach-policy":
      return !state.attachedPolicies.includes(step.id);
    case "delete-boundary":
      return !state.hasBoundary;
    case "delete-user":
      return false;
  }
}
