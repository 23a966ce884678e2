import { partitionOfRegion } from "../../iam/partition";
import type { Context } from "../../machine/context";
import { readRoster } from "./read-roster";

export interface RegionHints {
  /** Of the profile that holds the keys. */
  readonly profileRegion?: string | undefined;
  /** Path of the roster. */
  readonly roster?: string | undefined;
}

/**
 * Where to ask about a person's own user: every Region of the partition of their keys knows it, and no other does. The environment's
 * Region, unless the keys' profile names one of another partition; the profile's; the roster's.
 */
export async function homeRegion(context: Context, { profileRegion, roster: path }: RegionHints = {}): Promise<string> {
  const given = context.env["AWS_REGION"] || context.env["AWS_DEFAULT_REGION"] || undefined;
  if (profileRegion && (given === undefined || areApart(given, profileRegion))) return profileRegion;
  if (given !== undefined) return given;
  const roster = await readRoster(context, path);
  return roster.ok ? roster.value.userAccount.region : "us-east-1";
}

function areApart(one: string, other: string): boolean {
  const partitions = [one, other].map(partitionOfRegion);
  return partitions.every((each) => each !== undefined) && partitions[0] !== partitions[1];
}
