import type { OptionValues } from "@commander-js/extra-typings";
import { type CommandFile, execute } from "../../modules/cli/command";
import { heard } from "./in-process";

export interface Executed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process as the command line does; `root` holds the roster. */
export async function executed<Arguments extends unknown[], Options extends OptionValues>(
  world: string | Parameters<typeof heard>,
  file: CommandFile<Arguments, Options>,
  options: Options,
  ...args: Arguments
): Promise<Executed> {
  const { context, stdout, stderr } = typeof world === "string" ? heard(world) : heard(...world);
  const code = await execute(context, file, options, ...args);
  return { code, stdout: stdout(), stderr: stderr() };
}
