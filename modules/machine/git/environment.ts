/**
 * What of GIT_* reaches git: a person's own settings, and where to look for a repository. Everything else would lead it elsewhere or
 * make it mean something else: GIT_DIR of a hook that calls Rolecall, another index, other objects, GIT_*_PATHSPECS, GIT_NAMESPACE.
 */
const KEPT =
  /^GIT_(CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|PARAMETERS|KEY_\d+|VALUE_\d+)|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH)$/i;

/** `git replace` and grafts give a commit another content or other parents than its hash says; a lazy fetch asks the network. */
const ALWAYS = {
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_GRAFT_FILE: "/dev/null",
  GIT_NO_LAZY_FETCH: "1",
  // Git before 2.44 does not know GIT_NO_LAZY_FETCH.
  GIT_ALLOW_PROTOCOL: "none",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  // What git says about a failure is read: in English.
  LC_ALL: "C",
  LANGUAGE: "",
} as const;

/** The environment git runs in. */
export function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^GIT_/i.test(name) || KEPT.test(name));
  return { ...Object.fromEntries(kept), ...ALWAYS };
}

/** Hooks and monitors stay out, and so does a bare repository that somebody committed as a folder, with settings of its own. */
export const SETTINGS: readonly string[] = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.useReplaceRefs=false",
  "safe.bareRepository=explicit",
  "protocol.allow=never",
  "advice.graftFileDeprecated=false",
  "advice.objectNameWarning=false",
].flatMap((setting) => ["-c", setting]);
