import type { PersonRole } from "../person-roles";
import { isRecord } from "../../text";

/** The roles of one person as they are kept between runs, with what they were read from. */
export interface RolesRecord {
  readonly digest: string;
  readonly userAccountId: string;
  readonly region: string;
  readonly roles: readonly PersonRole[];
}

/** What a file held, when it is whole and of these sources; else `undefined`. */
export function readRolesRecord(value: unknown, digest: string): RolesRecord | undefined {
  if (!isRecord(value) || value["digest"] !== digest) return undefined;
  const { userAccountId, region, roles } = value;
  const whole = isText(userAccountId) && isText(region) && Array.isArray(roles) && roles.every(isRole);
  return whole ? { digest, userAccountId, region, roles } : undefined;
}

function isRole(value: unknown): value is PersonRole {
  if (!isRecord(value)) return false;
  const { until, environment, sessionNames } = value;
  const texts = [value["account"], value["accountId"], value["region"], value["tier"], value["roleArn"]].every(isText);
  const seconds = [value["sessionSeconds"], value["mfaAgeSeconds"]].every(
    (each) => typeof each === "number" && each > 0,
  );
  const rest = [until, environment].every((each) => each === undefined || isText(each));
  const named = sessionNames === undefined || (Array.isArray(sessionNames) && sessionNames.every(isText));
  return texts && seconds && rest && named;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
