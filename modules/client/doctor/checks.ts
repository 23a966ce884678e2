import type { Check, Examined } from "./check";
import { awsVersion } from "./checks/aws-version";
import { clock } from "./checks/clock";
import { credentialsCheck } from "./checks/credentials";
import { environment } from "./checks/environment";
import { fileModes } from "./checks/file-modes";
import { keyAge } from "./checks/key-age";
import { mfaDevice } from "./checks/mfa-device";
import { nodeVersion } from "./checks/node-version";
import { profilesCheck } from "./checks/profiles";
import { terraformVersion } from "./checks/terraform-version";
import type { DoctorFacts } from "./facts";

/** In the order in which one would put things right: what comes first may be the cause of what follows. */
export const CHECKS: readonly Check[] = [
  nodeVersion,
  awsVersion,
  terraformVersion,
  clock,
  environment,
  fileModes,
  profilesCheck,
  credentialsCheck,
  mfaDevice,
  keyAge,
];

export function examine(facts: DoctorFacts): readonly Examined[] {
  return CHECKS.flatMap(({ id, examine: look }) => look(facts).map((each) => ({ check: id, ...each })));
}
