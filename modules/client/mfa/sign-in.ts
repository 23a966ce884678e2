import { createHash } from "node:crypto";
import { Refusal } from "../../refusal";
import { isGranted } from "../session/cached";
import type { CodesPort, Granted, StsPort } from "../session/ports";
import { type Answered, giveCodes } from "./give-codes";

export interface SignInPorts {
  readonly sts: Pick<StsPort, "startSession">;
  readonly codes: CodesPort;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

export interface SignInRequest {
  /** Of the device that gives the codes. */
  readonly serial: string;
  /** How long the session lasts. */
  readonly seconds: number;
  /** Digest of a code that AWS took before. */
  readonly usedBefore?: string | undefined;
}

/** A session with MFA. */
export interface SignedIn {
  readonly granted: Granted;
  /** When the code was given, in Unix milliseconds. */
  readonly startedAt: number;
  /** Digest of the code. */
  readonly usedCode: string;
}

/** Begins a session with a code of the device. No code goes to AWS twice. Throws a Refusal when AWS takes none. */
export async function signIn(
  { sts, codes, now }: SignInPorts,
  { serial, seconds, usedBefore }: SignInRequest,
): Promise<SignedIn> {
  const used = new Set([usedBefore]);
  const give = async (code: string): Promise<Answered<SignedIn>> => {
    const usedCode = digestOf(serial, code);
    if (used.has(usedCode)) return { kind: "refused", why: USED };
    used.add(usedCode);
    const startedAt = now();
    const granted = await sts.startSession(serial, code, seconds);
    if (granted === "wrong-code") return { kind: "refused", why: WRONG };
    return { kind: "taken", value: { granted: checked(granted), startedAt, usedCode } };
  };
  const end = await giveCodes({ tries: codes.tries, next: (again) => codes.next(serial, again) }, give);
  if (end.kind === "taken") return end.value;
  throw new Refusal(end.kind === "refused" ? end.why : "no MFA code was given; run this again");
}

const USED = "this code was already used, and AWS accepts each code once: wait for the next one (up to 30 seconds)";
const WRONG =
  "AWS does not accept this code: it is wrong, belongs to another device, or was already used (each works once; wait for the next); check that the device sets its clock over the network";

/** Kept with the session, in the same private file: a used code opens nothing. */
function digestOf(serial: string, code: string): string {
  return createHash("sha256").update(`${serial}\n${code}`).digest("hex");
}

/** Throws when AWS's answer cannot be credentials. */
export function checked(granted: Granted): Granted {
  if (isGranted(granted)) return granted;
  throw new Refusal("AWS's answer is not credentials; is AWS_ENDPOINT_URL or a proxy in the way?");
}
