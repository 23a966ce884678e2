import { closeSync, openSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { type Known, known, unknown } from "../../known";
import { MAX_PLAN_BYTES, parsePlan } from "../../terraform/read/plan-text";
import { readPlan, type TerraformPlan } from "../../terraform/read/read-plan";
import { quote } from "../../text";
import type { Context } from "../../machine/context";

/**
 * The plan in a file of `terraform show -json`, or from standard input for `-`. Pipes are read, too: a plan holds secrets and
 * need not be on a disk. The reason names the file and quotes nothing from it.
 */
export function readPlanFile(context: Context, file: string): Known<TerraformPlan> {
  const bytes = readBytes(file === "-" ? 0 : resolve(context.root, file));
  if (!bytes.known)
    return unknown(
      `${quote(file)} cannot be read: ${bytes.reason}; give what terraform show -json printed of a saved plan, or the folder of rolecall plan`,
    );
  const plan = parsePlan(bytes.value);
  return plan.known ? known(readPlan(plan.value)) : unknown(`${quote(file)}: ${plan.reason}`);
}

const CHUNK_BYTES = 1024 * 1024;

/** Up to one byte more than a plan may have. */
function readBytes(from: string | number): Known<Uint8Array> {
  try {
    const file = typeof from === "number" ? from : openSync(from, "r");
    try {
      return known(readAll(file));
    } finally {
      if (file !== from) closeSync(file);
    }
  } catch (error) {
    // Not `instanceof Error`: an error of another realm is not an instance of ours.
    const coded = typeof error === "object" && error !== null && "code" in error;
    return unknown(coded ? String(error.code) : "no reason given");
  }
}

function readAll(file: number): Uint8Array {
  const chunks: Buffer[] = [];
  for (let total = 0; total <= MAX_PLAN_BYTES; ) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const length = readSync(file, chunk, 0, CHUNK_BYTES, null);
    if (length === 0) break;
    chunks.push(chunk.subarray(0, length));
    total += length;
  }
  return Buffer.concat(chunks);
}
