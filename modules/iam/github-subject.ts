/**
 * The subject of a token of GitHub Actions, as it says which run asks for a role. Repositories created, renamed or transferred since
 * 2026-07-15, and those that opted in, send the form with ids; others, and GitHub Enterprise Server, the form with names alone.
 */
export interface GithubSubject {
  readonly form: "ids" | "names";
  readonly owner: string;
  readonly repository: string;
  /** Digits; only in the form with ids. */
  readonly ownerId?: string;
  readonly repositoryId?: string;
  readonly run: GithubRun;
}

/** What the run is: of an environment, else of a branch or tag (`refs/...`), or of any pull request. */
type GithubRun =
  | { readonly kind: "environment"; readonly name: string }
  | { readonly kind: "ref"; readonly ref: string }
  | { readonly kind: "pull-request" };

/** Old accounts may end with a hyphen; managed ones have an underscore. */
const OWNER = /^[A-Za-z0-9][\w-]{0,99}$/;
const REPOSITORY = /^(?!\.{1,2}$)[\w.-]{1,100}$/;
const ID = /^[1-9][0-9]{0,18}$/;

/** A subject GitHub sends by default, in either form; undefined for every other text, customized subjects included. */
export function parseGithubSubject(claim: string): GithubSubject | undefined {
  const [, names = "", context = ""] = /^repo:([^:]*):(.*)$/s.exec(claim) ?? [];
  const [first = "", second = "", ...more] = names.split("/");
  const [owner, repository] = [nameAndId(first), nameAndId(second)];
  const run = runOf(context);
  if (more.length > 0 || !owner || !repository || !run) return undefined;
  if (!OWNER.test(owner.name) || !REPOSITORY.test(repository.name)) return undefined;
  const both = { owner: owner.name, repository: repository.name, run };
  if (owner.id === undefined && repository.id === undefined) return { form: "names", ...both };
  // Half a form is none: GitHub sends both ids or neither.
  if (owner.id === undefined || repository.id === undefined) return undefined;
  return { form: "ids", ...both, ownerId: owner.id, repositoryId: repository.id };
}

function nameAndId(text: string): { readonly name: string; readonly id?: string } | undefined {
  const [name = "", id, ...more] = text.split("@");
  if (more.length > 0) return undefined;
  if (id === undefined) return { name };
  return ID.test(id) ? { name, id } : undefined;
}

function runOf(context: string): GithubRun | undefined {
  if (context === "pull_request") return { kind: "pull-request" };
  const [, kind, value = ""] = /^(environment|ref):(.+)$/s.exec(context) ?? [];
  // Control characters and colons are not in there: GitHub writes %3A for a colon in an environment's name, and git allows none in a ref.
  if (kind === undefined || /[\p{Cc}:]/u.test(value) || value.trim() !== value) return undefined;
  if (kind === "environment") return value.length <= 255 * 3 ? { kind, name: value } : undefined;
  return /^refs\/(?:heads|tags|pull)\/[^\s~^?*[\\]+$/.test(value) ? { kind: "ref", ref: value } : undefined;
}
