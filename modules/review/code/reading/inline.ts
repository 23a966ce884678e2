/** What code that a pipeline gives to an interpreter comes to. */
export interface InlineCode {
  /** It loads or starts something that its text does not show. */
  readonly computed: boolean;
  /** Commands that it starts, word for word. */
  readonly scripts: readonly string[];
  readonly tokens: readonly string[];
}

export type Language = "python" | "js" | "other";

const STRING = `"[^"\\\\\\n]*"|'[^'\\\\\\n]*'`;
const JS_STRING = `${STRING}|\`[^\`\\\\$]*\``;
const LIST = `\\[\\s*(?:${STRING})(?:\\s*,\\s*(?:${STRING}))*\\s*,?\\s*\\]`;

/**
 * Reads code that is in a script or a pipeline. It counts as computed unless everything that it loads or starts is a plain
 * string: whatever joins, decodes or looks up names is not followed.
 */
export function readInline(language: Language, code: string): InlineCode {
  if (code.length > MOST_CODE) return COMPUTED;
  if (language === "python") return readPython(code);
  if (language === "js") return readJs(code);
  return { computed: OTHER.test(code), scripts: [], tokens: [] };
}

const MOST_CODE = 20_000;
const COMPUTED: InlineCode = { computed: true, scripts: [], tokens: [] };

const OTHER =
  /\b(system|exec\w*|eval|require\w*|load\w*|import|spawn|popen\w*|open|do|qx|send|Process|Kernel|IO|shell_exec|passthru|proc_open|include\w*|dofile|iex|Invoke-\w+|Start-Process|FromBase64String)\b|[`|]|%x|\/[gimsxor]*e[gimsxor]*\s*(;|$)/;

const PYTHON_CALL = new RegExp(
  `(?<![\\w.])(?:os\\.(?:system|popen)|subprocess\\.(?:run|call|check_call|check_output|Popen|getoutput))\\s*\\(\\s*(${STRING}|${LIST})\\s*(?=[,)])`,
  "g",
);
const PYTHON_DANGER =
  /(?<![\w.])(exec|eval|compile|__\w+|getattr|globals|locals|vars|breakpoint)\b|\b(__\w+__|importlib|runpy|ctypes|pty|code|codeop|imp|pkgutil|zipimport|builtins|multiprocessing|pickle|marshal|executable|create_subprocess\w*|popen\w*|subprocess|attrgetter|methodcaller)\b|\bsys\s*\.\s*(modules|path|meta_path)\b|(?<!["'\w])os\b(?!\s*\.\s*(environ|path|getenv|sep|linesep|getcwd|name|listdir|makedirs|mkdir|remove|stat|uname|cpu_count)\b)/;

function readPython(code: string): InlineCode {
  const scripts: string[] = [];
  const rest = code.replace(PYTHON_CALL, (_, given: string) => {
    scripts.push(commandOf(given));
    return " (";
  });
  const bare = rest.replace(
    /^([ \t]{0,99}|.{0,999};[ \t]{0,9})import\s+[\w.]+(\s*,\s*[\w.]+)*\s*(?=;|\n|$)/gm,
    (line) => line.replace(/\b(os|subprocess)\b/g, ""),
  );
  const modules = [...code.matchAll(/\b(?:import|from)\s+([\w.]+(?:\s*,\s*[\w.]+)*)/g)].flatMap(([, names = ""]) =>
    names.split(",").map((name) => name.trim().replaceAll(".", "/")),
  );
  const tokens = modules.flatMap((path) => [`${path}.py`, `${path}/__init__.py`]);
  return { computed: PYTHON_DANGER.test(bare), scripts, tokens };
}

const JS_CALL = new RegExp(
  `(?<![\\w$])(?:[\\w$]{1,60}\\s{0,9}\\.\\s{0,9})?(exec|execSync|execFile|execFileSync|spawn|spawnSync|fork|getExecOutput|require|import)\\s*\\(\\s*(${JS_STRING})\\s*(?:,\\s*(${LIST})\\s*)?(?=[,)])`,
  "g",
);
const JS_DANGER =
  /(?<![.\w$])(eval|Function|require|exec|globalThis|global|module|vm|WebAssembly|Bun|Deno|Worker)\b|(?<![.\w$])import\s*\(|(?<![.\w$])(process|this|self)\s*\[|\b(getBuiltinModule|mainModule|constructor|dlopen|binding|createRequire|__proto__|prototype|Reflect|_load|execSync|spawnSync|spawn|fork|execFile\w*|getExecOutput|runIn\w+)\b|\[[^\]]*\+[^\]]*\]/;
const STARTERS = /^(node:)?(child_process|vm|module|worker_threads|cluster|inspector|repl|process)$/;

function readJs(code: string): InlineCode {
  const scripts: string[] = [];
  const tokens: string[] = [];
  let starts = false;
  const rest = code.replace(JS_CALL, (_, name: string, given: string, list: string | undefined) => {
    const said = given.slice(1, -1);
    if (name === "require" || name === "import" || name === "fork") tokens.push(...moduleNames(said));
    else scripts.push(list === undefined ? said : `${said} ${commandOf(list)}`);
    starts ||= STARTERS.test(said);
    return " told(";
  });
  const bare = rest
    .replace(/\b(const|let|var)\s*\{[\w\s,]*\}\s*=\s*(await\s+)?told\b/g, "told")
    .replace(new RegExp(JS_STRING, "g"), "''");
  // What starts programs may be asked for by a name that is put together.
  const looksUp = starts && /[\w$)\]]\s*\[/.test(bare);
  const named = /child_process|worker_threads/.test(rest);
  return { computed: JS_DANGER.test(bare) || looksUp || named, scripts, tokens };
}

const ENDS = ["", ".js", ".cjs", ".mjs", ".ts", ".json", "/index.js", "/index.ts"];

function moduleNames(name: string): readonly string[] {
  return ENDS.map((end) => `${name}${end}`);
}

/** A command as a shell would take it. */
function commandOf(given: string): string {
  if (!given.startsWith("[")) return given.slice(1, -1);
  return [...given.matchAll(new RegExp(STRING, "g"))].map(([word]) => word).join(" ");
}

/** The commands that a program's file starts, where they are plain strings. */
export function startedBy(language: Language, code: string): readonly string[] {
  return code.length > MOST_CODE ? [] : readInline(language, code).scripts;
}
