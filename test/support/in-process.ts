import type { Context } from "../../modules/machine/context";
import { HOME } from "./run-command";

/** A command's world in this process, with everything it said. */
export interface Heard {
  readonly context: Context;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** `root` holds the roster. AWS is reached as `process.env` says. */
export function heard(root: string, options: { readonly isTty?: boolean; readonly now?: Date } = {}): Heard {
  let [out, err] = ["", ""];
  const context: Context = {
    root,
    home: HOME,
    env: process.env,
    now: options.now ?? new Date(),
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    isTty: options.isTty ?? false,
  };
  return { context, stdout: () => out, stderr: () => err };
}
