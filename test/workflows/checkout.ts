import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HOME } from "../support/run-command";

const PARTS = [
  ".github",
  "bin",
  "cdktf.json",
  "main.ts",
  "modules",
  "node_modules",
  "package.json",
  "stacks",
  "terraform.lock.hcl",
  "tsconfig.json",
];

/** Makes of an empty folder what a job of the workflows runs in: this project's code beside a roster of the test's own. */
export function linkCheckout(root: string, roster: string): void {
  for (const part of PARTS) symlinkSync(join(HOME, part), join(root, part));
  writeFileSync(join(root, "roster.yaml"), roster);
}
