import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";

const FOLDER = resolve(__dirname, "../review/plan/captured");

/** Names of the plans that `test/review/plan/capture.ts` took from real Terraform: `<kind>-<stack>`. */
export const CAPTURED: readonly string[] = readdirSync(FOLDER).map((file) => file.replace(/\.json\.gz$/, ""));

/** The bytes that `terraform show -json` printed. */
export function capturedPlan(name: string): Buffer {
  return gunzipSync(readFileSync(join(FOLDER, `${name}.json.gz`)));
}
