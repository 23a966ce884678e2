/** What the user account holds of one person: every kind of credential an IAM user can have, and what gives rights. */
export interface PersonState {
  readonly name: string;
  readonly arn: string;
  readonly keys: readonly KeyState[];
  /** True when the person has a console password. */
  readonly hasPassword: boolean;
  /** Serial numbers: ARNs of virtual devices and passkeys, plain numbers of hardware tokens. */
  readonly mfaDevices: readonly string[];
  readonly signingCertificates: readonly string[];
  readonly sshKeys: readonly string[];
  /** Passwords for single services, such as a git repository's. */
  readonly serviceCredentials: readonly string[];
  readonly groups: readonly string[];
  /** Names. */
  readonly inlinePolicies: readonly string[];
  /** ARNs. */
  readonly attachedPolicies: readonly string[];
  readonly hasBoundary: boolean;
}

export interface KeyState {
  readonly id: string;
  readonly active: boolean;
}
