import { isRecord } from "../../../text";
import { baseName, extensionOf } from "../file-names";
import { type Language, startedBy } from "./inline";
import { isUnreadLanguage } from "../places";
import { readScript, tokensOf, withoutComments } from "./read-script";
import { readYaml } from "./read-yaml";
import { EMPTY, joined, type TextRead } from "./text-read";

const MOST_CHARS = 400_000;
export function readText(path: string, text: string): TextRead {
  if (text.length > MOST_CHARS) return { ...EMPTY, unread: "is too large to be read for what it runs" };
  if (isUnreadLanguage(path) || text.includes("\0"))
    return { ...EMPTY, unread: "is in a language that is not read for what it runs" };
  const extension = extensionOf(path);
  if (extension === "yml" || extension === "yaml") return readYaml(text);
  if (baseName(path) === "package.json") return readPackage(text);
  if (/^([cm]?[jt]sx?|json[c5]?)$/.test(extension)) {
    const code = text.replace(/^[ \t]*\/\/.*$/gm, "");
    if (extension.startsWith("json")) return { ...EMPTY, tokens: tokensOf(code) };
    return readProgram("js", code);
  }
  if (/^(.*\.)?dockerfile(\..*)?$/i.test(baseName(path))) return readDockerfile(text);
  if (isShell(extension, text)) return readScript(text);
  const code = withoutComments(text);
  return extension === "py" ? readProgram("python", code) : { ...EMPTY, tokens: tokensOf(code) };
}

/** A program's file: its strings may be paths, and what it starts by plain strings are commands. */
function readProgram(language: Language, code: string): TextRead {
  const started = startedBy(language, code).map((script) => readScript(script));
  return { ...joined([{ ...EMPTY, tokens: tokensOf(code) }, ...started]), ...dynamicOf(code) };
}

/** The commands of a container's file; what it copies is named where the container is built. */
function readDockerfile(text: string): TextRead {
  const lines = text.replace(/\\\n/g, " ").split("\n");
  const commands = lines.flatMap((line) => /^\s*(?:RUN|CMD|ENTRYPOINT)\s+(?:--\S+\s+)*(.*)$/i.exec(line)?.[1] ?? []);
  return joined([{ ...EMPTY, tokens: tokensOf(withoutComments(text)) }, readScript(commands.join("\n"))]);
}

function isShell(extension: string, text: string): boolean {
  if (/^(py|json[c5]?|toml|lock|md|css|html?|xml|csv|tf|hcl|tfvars|properties|ini|conf|cfg|sql)$/.test(extension))
    return false;
  if (/^\s*</.test(text)) return false;
  const shebang = /^#!.*/.exec(text)?.[0];
  return shebang === undefined || /sh\b/.test(shebang);
}

const OWN_PROCESS = /(?<![.\w])(?:exec|execSync|execFile|execFileSync|spawn|spawnSync|fork|eval)\s*\(\s*(?!["'`)\]])/;
const CHILD_PROCESS =
  /(?:child_process|\bcp|subprocess|\bos)\.(?:exec\w*|spawn\w*|fork|run|call|check_\w+|Popen|popen|system)\s*\(\s*(?!["'`[)])/;
const LOADED =
  /\b(?:require|import|import_module|run_path|__import__)\s*\(\s*(?!["'`)])|\b(?:require|import)\s*\(\s*`\$\{/;

/** A plain string to which something is added. */
const JOINED =
  /(?<![\w$])(?:require|import|import_module|run_path|__import__|exec\w*|spawn\w*|fork|system|popen|Popen|check_\w+)\s*\(\s*(?:"[^"\n]*"|'[^'\n]*')\s*[+%.]/;
const PUT_IN = /(?<![.\w])(?:\w+\.)?(?:exec|execSync|spawn|spawnSync|fork)\s*\(\s*`[^`]*\$\{/;

/** A program that computes what it loads or starts. */
function dynamicOf(code: string): { readonly unread?: string } {
  const tests = [OWN_PROCESS, CHILD_PROCESS, LOADED, JOINED, PUT_IN];
  const hit = tests.some((test) => test.test(code));
  return hit ? { unread: "computes the name of what it loads or starts" } : {};
}

/** npm's scripts, and packages that are in this repository. */
function readPackage(text: string): TextRead {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ...EMPTY, unread: "is not JSON" };
  }
  const given = isRecord(value) && isRecord(value["scripts"]) ? Object.entries(value["scripts"]) : [];
  const scripts = new Map(given.map(([name, script]) => [name, readScript(String(script), true)]));
  const local = [...text.matchAll(/"(?:file|link|portal):([^"]+)"/g)].map(([, path]) => path ?? "");
  return { ...EMPTY, tokens: local, scripts };
}
