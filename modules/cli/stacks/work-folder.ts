import { basename, dirname, join, relative, resolve } from "node:path";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import { outputFolder } from "./synth";

/** Where runs over one output folder keep locks, plans and logs; runs over another output, such as a sandbox's, have their own. */
export function workFolder(context: Context): string {
  const outdir = outputFolder(context);
  if (isSandbox(context)) return dirname(outdir);
  const name = basename(outdir);
  return join(context.root, ".rolecall", ...(name === "cdktf.out" ? [] : [name]));
}

/** The output folder. Refuses one elsewhere: a local state's path is relative to it, so a second, empty state would begin. */
export function expectOutputFolder(context: Context): string {
  const outdir = outputFolder(context);
  if (dirname(outdir) === resolve(context.root) || isSandbox(context)) return outdir;
  const where = quote(context.env["CDKTF_OUTPUT"] ?? "");
  throw new Refusal(`CDKTF_OUTPUT is ${where}; name a folder directly in the project: state paths are relative to it`);
}

/** A path as a person in the project folder would write it. */
export function shownPath(context: Context, path: string): string {
  const inside = relative(context.root, path);
  return inside.startsWith("..") ? path : inside || ".";
}

function isSandbox({ env }: Context): boolean {
  return env["ROLECALL_SANDBOX"] === "1";
}
