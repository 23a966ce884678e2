import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Context } from "../../modules/machine/context";
import type { StackTools } from "../../modules/cli/stacks/stack-session";

/** Resources of type terraform_data by name: built into Terraform, so real runs need no provider. */
export type FakeStacks = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** A project whose synth copies `stacks.json`; everything else is real. */
export class FakeProject {
  readonly root = mkdtempSync(join(tmpdir(), "rolecall-test-"));
  out = "";
  talk = "";
  asked: string[] = [];

  constructor() {
    // The commands look for a roster before anything else; here nobody reads it.
    writeFileSync(join(this.root, "roster.yaml"), "");
  }

  /** @param backends by stack; the others have a local state */
  write(stacks: FakeStacks, backends: Readonly<Record<string, object>> = {}): void {
    writeFileSync(join(this.root, "stacks.json"), JSON.stringify({ stacks, backends }));
  }

  context(env: NodeJS.ProcessEnv = {}, isTty = false): Context {
    this.out = "";
    this.talk = "";
    return {
      root: this.root,
      home: this.root,
      env: { ...cleanEnvironment(), ...env },
      now: new Date("2026-11-23T00:00:00Z"),
      stdout: (text) => {
        this.out += text;
      },
      stderr: (text) => {
        this.talk += text;
      },
      isTty,
    };
  }

  tools(answer = false): StackTools {
    return {
      synth: async (_context, { outdir, root = this.root }) => synthesizeFake(root, outdir),
      confirm: async (question) => {
        this.asked.push(question);
        return answer;
      },
    };
  }

  state(stack: string): { readonly resources: readonly unknown[]; readonly serial: number } {
    return JSON.parse(readFileSync(join(this.root, "state", `${stack}.tfstate`), "utf8"));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

export function synthesizeFake(root: string, outdir: string): boolean {
  const source = join(root, "stacks.json");
  if (!existsSync(source)) return false;
  const { stacks, backends }: { stacks: FakeStacks; backends: Record<string, object> } = JSON.parse(
    readFileSync(source, "utf8"),
  );
  const manifest: Record<string, unknown> = {};
  for (const [name, resources] of Object.entries(stacks)) {
    const workingDirectory = `stacks/${name}`;
    manifest[name] = { name, workingDirectory, synthesizedStackPath: `${workingDirectory}/cdk.tf.json` };
    mkdirSync(join(outdir, workingDirectory), { recursive: true });
    const json = {
      terraform: { backend: backends[name] ?? { local: { path: `../../../state/${name}.tfstate` } } },
      resource: { terraform_data: resources },
    };
    writeFileSync(join(outdir, workingDirectory, "cdk.tf.json"), JSON.stringify(json));
  }
  writeFileSync(join(outdir, "manifest.json"), JSON.stringify({ version: "0.21.0", stacks: manifest }));
  return true;
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE: _, ...env } = process.env;
  return env;
}

/** An executable shell script in the project. */
export function script(project: FakeProject, name: string, lines: readonly string[]): string {
  const file = join(project.root, name);
  writeFileSync(file, `#!/bin/sh\n${lines.join("\n")}\n`);
  chmodSync(file, 0o755);
  return file;
}
