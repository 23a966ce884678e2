import { accountOfArn, awsPolicyArn } from "../../iam/arn";
import { quote } from "../../text";
import { isLock } from "../lock";
import type { PersonState } from "../person-state";

/**
 * AWS's own policy that denies everything, in the partition of the user: not a text of Rolecall's that could be wrong, and room for it
 * whatever else is attached. Nothing public says whether aws-cn and aws-us-gov have it; where it is missing AWS refuses the step, and says so.
 */
function lockOf({ arn }: Pick<PersonState, "arn">): string {
  return awsPolicyArn(accountOfArn(arn)?.partition ?? "aws", LOCK_POLICY);
}

const LOCK_POLICY = "AWSDenyAll";

/** The first step of an offboarding. */
export function lockStep(state: Pick<PersonState, "arn">): OffboardStep {
  return { kind: "lock", id: lockOf(state) };
}

/** One change in the user account that takes something from a person; each may be repeated. */
export type OffboardStep =
  | { readonly kind: "lock"; readonly id: string }
  | { readonly kind: "deactivate-key"; readonly id: string }
  | { readonly kind: "delete-password" }
  | { readonly kind: "delete-key"; readonly id: string }
  | { readonly kind: "delete-device"; readonly id: string }
  | { readonly kind: "delete-certificate"; readonly id: string }
  | { readonly kind: "delete-ssh-key"; readonly id: string }
  | { readonly kind: "delete-service-credential"; readonly id: string }
  | { readonly kind: "leave-group"; readonly id: string }
  | { readonly kind: "delete-inline-policy"; readonly id: string }
  | { readonly kind: "detach-policy"; readonly id: string }
  | { readonly kind: "delete-boundary" }
  | { readonly kind: "delete-user" };

/**
 * What ends a person's access immediately, before anything is deleted. The lock comes first: it denies whatever is signed in
 * already, which neither a deactivated key nor a deleted password does.
 */
export function shuttingSteps(state: PersonState): readonly OffboardStep[] {
  const { keys, hasPassword, attachedPolicies } = state;
  return [
    ...(attachedPolicies.some(isLock) ? [] : [lockStep(state)]),
    ...keys.filter(({ active }) => active).map(({ id }) => ({ kind: "deactivate-key", id }) as const),
    ...(hasPassword ? [{ kind: "delete-password" } as const] : []),
  ];
}

/** The rest, after their role sessions are ended. The boundary goes and the lock opens last of all, when no rights are left. */
export function clearingSteps(state: PersonState): readonly OffboardStep[] {
  const each = <K extends OffboardStep["kind"]>(kind: K, ids: readonly string[]) => ids.map((id) => ({ kind, id }));
  const attached = state.attachedPolicies.filter((arn) => !isLock(arn));
  return [
    ...each(
      "delete-key",
      state.keys.map(({ id }) => id),
    ),
    ...each("delete-device", state.mfaDevices),
    ...each("delete-certificate", state.signingCertificates),
    ...each("delete-ssh-key", state.sshKeys),
    ...each("delete-service-credential", state.serviceCredentials),
    ...each("leave-group", state.groups),
    ...each("delete-inline-policy", state.inlinePolicies),
    ...each("detach-policy", attached),
    ...(state.hasBoundary ? [{ kind: "delete-boundary" } as const] : []),
    { kind: "detach-policy", id: lockOf(state) },
    { kind: "delete-user" },
  ] as readonly OffboardStep[];
}

const RIGHTS: readonly OffboardStep["kind"][] = ["leave-group", "delete-inline-policy", "detach-policy"];

/** True for steps that take away what tells which roles the person could take. Under the lock none of it allows anything. */
export function tellsRights({ kind }: OffboardStep): boolean {
  return RIGHTS.includes(kind);
}

/** The step as a sentence without its subject: `deactivate the access key "AKIA..."`. */
export function describeStep(step: OffboardStep): string {
  switch (step.kind) {
    case "lock":
      return "deny everything to the user, open sessions included (AWSDenyAll)";
    case "delete-password":
      return "delete the console password";
    case "delete-boundary":
      return "delete the permissions boundary";
    case "delete-user":
      return "delete the user";
    case "deactivate-key":
      return `deactivate the access key ${quote(step.id)}`;
    case "delete-key":
      return `delete the access key ${quote(step.id)}`;
    case "delete-device":
      return `delete the MFA device ${quote(step.id)}`;
    case "delete-certificate":
      return `delete the signing certificate ${quote(step.id)}`;
    case "delete-ssh-key":
      return `delete the SSH key ${quote(step.id)}`;
    case "delete-service-credential":
      return `delete the service credential ${quote(step.id)}`;
    case "leave-group":
      return `take the user out of the group ${quote(step.id)}`;
    case "delete-inline-policy":
      return `delete the user's policy ${quote(step.id)}`;
    case "detach-policy":
      return isLock(step.id)
        ? "remove the denial (AWSDenyAll), once the user holds nothing"
        : `detach ${quote(step.id)}`;
  }
}
