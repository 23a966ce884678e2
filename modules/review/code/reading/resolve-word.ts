import { parseShell, type Piece, type ShellWord } from "./shell";

/**
 * What a word comes to. `text`: a path as it stands; `open`: a path that begins so; `outside`: a place that is not part of the
 * repository; `unknown`: the files do not show it, and where it is `computed`, the files themselves may be the answer.
 */
export type WordMeaning =
  | { readonly is: "text" | "open"; readonly path: string }
  | { readonly is: "outside"; readonly path?: string }
  | { readonly is: "unknown"; readonly computed?: true };

/** The top of the checkout, or the folder of the script: paths are looked for from both. */
const HERE =
  /^(GITHUB_WORKSPACE|CI_PROJECT_DIR|PWD|INIT_CWD|OLDPWD|BITBUCKET_CLONE_DIR|BUILD_SOURCESDIRECTORY|CIRCLE_WORKING_DIRECTORY|CODEBUILD_SRC_DIR|WORKSPACE|GITHUB_ACTION_PATH|DIRENV_DIR|workspaceFolder|github\.workspace|github\.action_path)$/;
const HERE_COMMAND =
  /^(pwd( -P)?|git rev-parse --show-toplevel|(dirname|realpath|readlink)\b.*(\$\{?0\b|BASH_SOURCE).*)$/s;
/** A folder's whole path. */
const FOLDER_COMMAND = /^cd\s+(?:--\s+)?(.+?)\s*(?:>\s*\/dev\/null\s*)?(?:2>\S+\s*)?&&\s*pwd(?: -P)?$/s;
/** Folders of the machine; `0` is the script itself. */
const OUTSIDE = /^(HOME|RUNNER_TEMP|RUNNER_TOOL_CACHE|TMPDIR|TEMP|TMP|SHELL|NODE|CI_BUILDS_DIR|runner\.\w+|XDG_\w+)$/;
const OUTSIDE_COMMAND =
  /^(mktemp|command -v|which|npm (root|bin|prefix)|ssh-agent|curl|wget|brew|fnm env|direnv hook|pyenv init|rbenv init|opam env|kubectl completion|go env|gem env|yarn global|pnpm (root|bin)|xcode-select)\b[^|;&`<>\n]*$/;
const MOST_VALUES = 20;
const MOST_DEPTH = 2;
const MOST_COMMAND = 500;

/** Everything a word may mean; never empty. Values are those that all files read so far give to names. */
export function meaningsOf(
  word: ShellWord,
  values: ReadonlyMap<string, readonly ShellWord[]>,
  depth = 0,
): readonly WordMeaning[] {
  let found: readonly WordMeaning[] = [{ is: "text", path: "" }];
  for (const piece of word) {
    const next = pieceMeanings(piece, values, depth);
    found = found.flatMap((before) => {
      if (before.is === "outside" && typeof piece === "string")
        return [{ is: "outside", path: `${before.path ?? "/"}${piece}` }];
      return before.is === "text" ? next.map((after) => append(before.path, after)) : [before];
    });
    if (found.length > MOST_VALUES) return [{ is: "unknown" }];
  }
  return found.map((meaning) =>
    meaning.is !== "unknown" && meaning.is !== "outside" && leadsOut(meaning.path)
      ? { is: "outside", path: meaning.path }
      : meaning,
  );
}

const OUT: WordMeaning = { is: "outside" };

function leadsOut(path: string): boolean {
  return path.startsWith("/") || path.startsWith("~") || /^[a-z][a-z+]+:\/\//.test(path);
}

function append(before: string, after: WordMeaning): WordMeaning {
  if (after.is === "text" || after.is === "open") return { is: after.is, path: before + after.path };
  if (after.is === "outside") return before === "" ? after : { is: "open", path: before };
  return before === "" || before === "./" ? after : { is: "open", path: before };
}

function pieceMeanings(
  piece: Piece,
  values: ReadonlyMap<string, readonly ShellWord[]>,
  depth: number,
): readonly WordMeaning[] {
  if (typeof piece === "string") return [{ is: "text", path: piece }];
  if (piece.is === "glob") return [{ is: "unknown", computed: true }];
  if (piece.is === "command") {
    if (piece.text.length > MOST_COMMAND) return [{ is: "unknown", computed: true }];
    if (OUTSIDE_COMMAND.test(piece.text)) return [OUT];
    const folder = FOLDER_COMMAND.exec(piece.text)?.[1];
    if (folder !== undefined && depth <= MOST_DEPTH)
      return meaningsOf(parseShell(folder)[0]?.words[0] ?? [], values, depth + 1);
    return HERE_COMMAND.test(piece.text) ? [{ is: "text", path: "." }] : [{ is: "unknown", computed: true }];
  }
  return nameMeanings(piece.name, values, depth);
}

function nameMeanings(
  name: string,
  values: ReadonlyMap<string, readonly ShellWord[]>,
  depth: number,
): readonly WordMeaning[] {
  if (HERE.test(name)) return [{ is: "text", path: "." }];
  if (OUTSIDE.test(name)) return [OUT];
  const key =
    /^(?:matrix|env|inputs|parameters)\.([\w-]+)$/.exec(name)?.[1] ?? (/^[A-Za-z_]\w*$/.test(name) ? name : undefined);
  const given = key === undefined ? undefined : values.get(key);
  if (given === undefined || given.length === 0 || given.length > MOST_VALUES || depth > MOST_DEPTH)
    return [{ is: "unknown" }];
  return given.flatMap((word) => meaningsOf(word, values, depth + 1));
}
