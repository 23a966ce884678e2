/** How a person is signed in, as IAM sees it. `sinceMfa` in seconds; absent: no MFA. */
export interface SignIn {
  readonly what: string;
  readonly context: Readonly<Record<string, string>>;
  readonly sinceMfa?: number;
}

/** Long-term keys carry no MFA keys at all; a console session without MFA says `false`. Source: IAM User Guide, "Global condition keys". */
export const LONG_TERM_KEYS: SignIn = { what: "with access keys only", context: {} };
export const CONSOLE_WITHOUT_MFA: SignIn = {
  what: "signed in without MFA",
  context: { "aws:MultiFactorAuthPresent": "false" },
};

export function signInWithMfa(sinceMfa: number): SignIn {
  return {
    what: `with MFA ${sinceMfa} s ago`,
    context: { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": String(sinceMfa) },
    sinceMfa,
  };
}

/** What the caller calls the session of the role it takes; people may only give their own name. */
export const SESSION_NAME = "sts:RoleSessionName";

const LONGEST_SESSION = 36 * 3600;

/** Every way to be signed in that a role with this MFA age must tell apart. */
export function signIns(mfaAgeSeconds: number): readonly SignIn[] {
  return [
    LONG_TERM_KEYS,
    CONSOLE_WITHOUT_MFA,
    signInWithMfa(0),
    signInWithMfa(mfaAgeSeconds - 1),
    signInWithMfa(mfaAgeSeconds),
    signInWithMfa(LONGEST_SESSION),
  ];
}

/** The request context every signed request has, at one instant. */
export function contextAt(instant: string, signIn: SignIn): Readonly<Record<string, string>> {
  return {
    ...signIn.context,
    "aws:CurrentTime": instant,
    "aws:EpochTime": String(Date.parse(instant) / 1000),
    "aws:SecureTransport": "true",
    "aws:RequestedRegion": "us-east-1",
    "aws:ViaAWSService": "false",
  };
}

/** `contextAt`, made once for each instant and sign-in: questions come by the million, moments by the dozen. */
export function contexts(): (instant: number, signIn: SignIn) => Readonly<Record<string, string>> {
  const made = new Map<SignIn, Map<number, Readonly<Record<string, string>>>>();
  return (instant, signIn) => {
    const own = made.get(signIn) ?? new Map<number, Readonly<Record<string, string>>>();
    made.set(signIn, own);
    const context = own.get(instant) ?? contextAt(isoOf(instant), signIn);
    own.set(instant, context);
    return context;
  };
}

/** ISO 8601 UTC in whole seconds, as IAM compares it. */
export function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}
