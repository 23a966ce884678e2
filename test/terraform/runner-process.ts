import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { FakeProject } from "./fake-project";

/** `rolecall apply --auto-approve` of a fake project as a process of its own, so that signals are real. */
export class RunnerProcess {
  readonly child: ChildProcess;
  output = "";
  readonly ended: Promise<number | null>;

  constructor(project: FakeProject) {
    const driver = join(project.root, "driver.js");
    if (!existsSync(driver)) {
      buildSync({
        entryPoints: [join(__dirname, "runner-driver.ts")],
        outfile: driver,
        bundle: true,
        platform: "node",
        external: ["esbuild"],
      });
    }
    const { TF_CLI_CONFIG_FILE: _, ...env } = process.env;
    this.child = spawn(process.execPath, [driver], { cwd: project.root, env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.output += chunk.toString("utf8");
      });
    }
    this.ended = new Promise((done) => this.child.on("close", done));
  }
}

/** Waits until something holds; fails after ten seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("still not so after ten seconds");
}

/** Command lines of the running processes that contain a text. */
export function processesWith(text: string): readonly string[] {
  const lines = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.includes(text));
}
