/** The version of each command's JSON; it rises when something in it changes its meaning or goes. */
const VERSIONS = {
  ...{
    sandbox: 1,
    check: 1,
    matrix: 1,
    report: 2,
    grant: 1,
    revoke: 1,
    "add person": 1,
    "add account": 1,
    "add team": 1,
  },
  ...{ prove: 1, can: 2, plan: 2, apply: 1, destroy: 1 },
  ...{ profiles: 1, env: 1, console: 1, whoami: 1, doctor: 1 },
  ...{ "mfa list": 1, "mfa enrol": 1, "mfa remove": 1, "keys list": 1, "keys rotate": 1 },
} as const;

export type JsonCommand = keyof typeof VERSIONS;

export function isJsonCommand(name: string): name is JsonCommand {
  return Object.hasOwn(VERSIONS, name);
}

/** What `--json` prints: one line, with the version of its meaning and the command that says it. */
export function jsonText(command: JsonCommand, data: object): string {
  return `${JSON.stringify({ schemaVersion: VERSIONS[command], command, ...data })}\n`;
}
