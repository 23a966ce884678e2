import type { Context } from "../../modules/machine/context";
import { HOME } from "./run-command";

/** A command's world in this process, with everything it said. */
export interface Heard {
  readonly context: Context;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

export interface HeardOptions {
  readonly isTty?: boolean;
  readonly now?: Date;
  readonly env?: NodeJS.ProcessEnv;
}

/** `root` holds the roster. AWS is reached as the environment says, by default this process's. */
export function heard(root: string, options: HeardOptions = {}): Heard {
  let [out, err] = ["", ""];
  const context: Context = {
    root,
    home: HOME,
    env: options.env ?? process.env,
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
