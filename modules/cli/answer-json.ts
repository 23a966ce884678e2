import type { Command } from "commander";
import { isJsonCommand, type JsonCommand, jsonText } from "./json-text";
import type { Context } from "../machine/context";

/** Their talk may hold what is for a person's eyes alone: a password, a seed. */
const SHOWS_SECRETS: ReadonlySet<string> = new Set(["keys rotate", "mfa enrol"]);

/**
 * Sees to it that `--json` always answers: a command that could not tell, and wrote nothing, gets its reasons on standard output.
 * Everything that is said goes on as before.
 */
export function answeringJson(context: Context): {
  readonly context: Context;
  /** What is run, from commander. */
  readonly begin: (command: Command) => void;
  readonly end: (code: number) => void;
} {
  let json: JsonCommand | undefined;
  let answered = false;
  let said = "";
  const stdout = (text: string) => {
    answered = true;
    context.stdout(text);
  };
  const stderr = (text: string) => {
    said += text;
    context.stderr(text);
  };
  return {
    context: { ...context, stdout, stderr },
    begin: (command) => {
      const name = nameOf(command);
      json = command.opts()["json"] === true && isJsonCommand(name) ? name : undefined;
    },
    end: (code) => {
      if (json === undefined || answered || code !== 2) return;
      const reasons = SHOWS_SECRETS.has(json) ? ["see standard error"] : said.split("\n").filter((line) => line !== "");
      stdout(jsonText(json, { ok: false, reasons }));
    },
  };
}

/** `keys rotate`, as it is typed. */
function nameOf(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null ? command.name() : `${nameOf(parent)} ${command.name()}`;
}
