import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPython } from "../../../modules/sandbox/discover";
import { HOME } from "../../support/run-command";

/** What the aws client's own library makes of a file: its profiles, or that it refuses the file. */
export type Loaded = Readonly<Record<string, Readonly<Record<string, string>>>> | "refused";

const SCRIPT = `
import json, os, shlex, sys, tempfile
from botocore.configloader import load_config
from botocore.exceptions import ConfigParseError
def load(text):
    handle, path = tempfile.mkstemp()
    os.write(handle, text.encode("latin1"))
    os.close(handle)
    try:
        return load_config(path)["profiles"]
    except ConfigParseError:
        return "refused"
    finally:
        os.remove(path)
asked = json.load(sys.stdin)
json.dump({"loaded": [load(text) for text in asked["texts"]], "split": [shlex.split(line) for line in asked["lines"]]}, sys.stdout)
`;

/** Reads texts (latin1) and splits command lines as botocore does, all in one process. */
export function askBotocore(
  texts: readonly string[],
  lines: readonly string[] = [],
): { readonly loaded: readonly Loaded[]; readonly split: readonly (readonly string[])[] } {
  const python = findPython(HOME, process.env);
  if (!python.ok) throw new Error(python.cure);
  const folder = mkdtempSync(join(tmpdir(), "rolecall-botocore-"));
  try {
    writeFileSync(join(folder, "read.py"), SCRIPT);
    const { status, stdout, stderr } = spawnSync(python.path, [join(folder, "read.py")], {
      input: JSON.stringify({ texts, lines }),
      env: { ...process.env, TMPDIR: folder, PYTHONUTF8: "1" },
      encoding: "utf8",
      maxBuffer: 1e8,
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as ReturnType<typeof askBotocore>;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
