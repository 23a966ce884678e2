import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { strangersIn } from "../machine/other-writers";

/** A tool, or what to install and how. */
export type Found = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly cure: string };

/** Full path of the program `name` in PATH. */
export function inPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  return (env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The emulator's release that the sandbox is tested with. */
export const EMULATOR_PACKAGE = "moto[server]==5.2.1";

/** A Python that can start the emulator: ROLECALL_PYTHON, the private environment in `.rolecall/venv`, then PATH's. */
export function findPython(root: string, env: NodeJS.ProcessEnv): Found {
  const candidates = [
    env["ROLECALL_PYTHON"],
    ownPython(root),
    inPath("python3", env),
    pythonOf(inPath("moto_server", env)),
  ];
  const path = candidates.find((python) => python !== undefined && existsSync(python) && canImport(python, env));
  if (path !== undefined) return { ok: true, path };
  const cure = `no Python 3 with the AWS emulator moto; install it: python3 -m venv .rolecall/venv && .rolecall/venv/bin/pip install '${EMULATOR_PACKAGE}'`;
  return { ok: false, cure };
}

/** Nothing where others could have put it there. */
function ownPython(root: string): string | undefined {
  const [folder, venv] = [join(root, ".rolecall"), join(root, ".rolecall/venv")];
  return (strangersIn(folder) ?? strangersIn(venv)) === undefined ? join(venv, "bin/python") : undefined;
}

function canImport(python: string, env: NodeJS.ProcessEnv): boolean {
  const code =
    "import importlib.util,sys; sys.exit(0 if importlib.util.find_spec('moto') and importlib.util.find_spec('flask') else 1)";
  return spawnSync(python, ["-c", code], { env, stdio: "ignore", timeout: 30_000 }).status === 0;
}

/** The interpreter in a script's first line. */
function pythonOf(script: string | undefined): string | undefined {
  if (script === undefined) return undefined;
  try {
    const line = execFileSync("head", ["-n", "1", script], { encoding: "utf8" });
    return /^#!\s*(\S*python\S*)\s*$/.exec(line)?.[1];
  } catch {
    return undefined;
  }
}

/** Makes `.rolecall/venv` with the emulator, where `pip` can reach it. */
export function installEmulator(root: string, env: NodeJS.ProcessEnv): Found {
  const python = inPath("python3", env);
  if (python === undefined)
    return { ok: false, cure: "Python 3 is not installed; install python3 and its venv module" };
  const venv = join(root, ".rolecall/venv");
  const steps: readonly (readonly [string, readonly string[]])[] = [
    [python, ["-m", "venv", venv]],
    [join(venv, "bin/pip"), ["install", "--quiet", "--disable-pip-version-check", EMULATOR_PACKAGE]],
  ];
  for (const [command, args] of steps) {
    if (spawnSync(command, args, { env, stdio: ["ignore", "ignore", "inherit"], timeout: 600_000 }).status !== 0) {
      return {
        ok: false,
        cure: `could not run ${command} ${args.join(" ")}; install ${EMULATOR_PACKAGE} for python3 yourself`,
      };
    }
  }
  return findPython(root, env);
}

const PROVIDER = "registry.terraform.io/hashicorp/aws";

/**
 * A folder with the AWS provider in Terraform's mirror layout: ROLECALL_PROVIDER_MIRROR, Terraform's implied mirrors, then
 * folders of the system's add-on folder. `undefined`: let Terraform ask the registry.
 */
export function findProviderMirror(env: NodeJS.ProcessEnv): string | undefined {
  const home = env["HOME"] ?? homedir();
  const data = [
    env["XDG_DATA_HOME"] ?? join(home, ".local/share"),
    ...(env["XDG_DATA_DIRS"] ?? "/usr/local/share:/usr/share").split(":"),
  ];
  const implied = [join(home, ".terraform.d/plugins"), ...data.map((folder) => join(folder, "terraform/plugins"))];
  const candidates = [env["ROLECALL_PROVIDER_MIRROR"], ...implied, ...addOns("/opt")];
  return candidates.find((folder) => folder !== undefined && existsSync(join(folder, PROVIDER)));
}

function addOns(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
