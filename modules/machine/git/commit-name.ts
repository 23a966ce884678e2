import { type Known, known, unknown } from "../../known";
import { quote } from "../../text";

/** How somebody names a commit: a ref or a hash, and the way from there. */
export interface CommitName {
  /** `main`, `refs/tags/v1`, `HEAD`, a hash; empty for the current branch's upstream. */
  readonly base: string;
  /** The branch that the branch `base` follows, or is pushed to. */
  readonly follow?: "upstream" | "push";
  /** `~2`, `^`, `^2~1`, or nothing. */
  readonly way: string;
}

const WAY = /(?:[~^]\d*|\^\{(?:commit)?\})*$/;
const FOLLOW = /^(.*)@\{(u|upstream|push)\}$/is;
/** What no ref's name has: git check-ref-format. */
const NO_REF = /[\s~^:?*[\\\p{Cc}]|\.\.|@\{|\/\/|^\/|[/.]$|\.lock$/u;

/** Reads a name; what finds a commit by a search, a date or a reflog is refused: it means another one tomorrow. */
export function parseCommitName(text: string): Known<CommitName> {
  const wrong = (why: string) => unknown(`not a git ref: ${quote(text)}; ${why}`);
  if (text === "" || text.startsWith("-")) return wrong("give a branch, tag or commit");
  const way = WAY.exec(text)?.[0] ?? "";
  const rest = text.slice(0, text.length - way.length);
  const [, branch, mark] = FOLLOW.exec(rest) ?? [];
  const follow = mark === undefined ? undefined : mark.toLowerCase() === "push" ? "push" : "upstream";
  const base = follow === undefined ? rest : (branch ?? "");
  if (/\.\./.test(base)) return wrong("it names a range; give one commit");
  if (/@\{/.test(base)) return wrong("it depends on this clone's reflog; give a branch, tag or full hash");
  if (/^:|:\/|\^\{/.test(base)) return wrong("it is not the name of a commit; give a branch, tag or full hash");
  if (NO_REF.test(base) || (base === "" && follow === undefined))
    return wrong("no ref can have such a name; give a branch, tag or full hash");
  return known({ base: base === "@" ? "HEAD" : base, way, ...(follow && { follow }) });
}
