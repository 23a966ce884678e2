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
from botocore.configloader import load_config, raw_config_parse
from botocore.exceptions import ConfigParseError
def load(text, read):
    handle, path = tempfile.mkstemp()
    os.write(handle, text.encode("latin1"))
    os.close(handle)
    try:
        return read(path)
    except ConfigParseError:
        return "refused"
    finally:
        os.remove(path)
asked = json.load(sys.stdin)
def profiles(path):
    return load_config(path)["profiles"]
json.dump({"loaded": [load(text, profiles) for text in asked["texts"]], "raw": [load(text, raw_config_parse) for text in asked["raw"]], "split": [shlex.split(line) for line in asked["lines"]]}, sys.stdout)
`;

/** Reads texts (latin1) as config files, `raw` ones as credentials files, and splits command lines as botocore does, all in one process. */
export function askBotocore(
  texts: readonly string[],
  lines: readonly string[] = [],
  raw: readonly string[] = [],
): {
  readonly loaded: readonly Loaded[];
  readonly raw: readonly Loaded[];
  readonly split: readonly (readonly string[])[];
} {
  const python = findPython(HOME, process.env);
  if (!python.ok) throw new Error(python.cure);
  const folder = mkdtempSync(join(tmpdir(), "rolecall-botocore-"));
  try {
    writeFileSync(join(folder, "read.py"), SCRIPT);
    const { status, stdout, stderr } = spawnSync(python.path, [join(folder, "read.py")], {
      input: JSON.stringify({ texts, lines, raw }),
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
