import { rmSync } from "node:fs";
import { join } from "node:path";
import { findRunningSandbox } from "./running-sandbox";

/** Forgets what was applied to this folder's sandbox: state of another emulator describes nothing. */
export function forgetApplied(root: string): void {
  for (const name of ["state", "cdktf.out"])
    rmSync(join(root, ".rolecall/sandbox", name), { recursive: true, force: true });
}

/** Empties this folder's sandbox, running or not. Returns whether it runs. */
export async function emptySandbox(root: string): Promise<boolean> {
  const running = findRunningSandbox(root);
  if (running) await fetch(`${running.url}/moto-api/reset`, { method: "POST" });
  forgetApplied(root);
  return running !== undefined;
}
