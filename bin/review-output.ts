import { lstatSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import manifest from "../package.json";
import { annotationLines } from "../modules/review/annotations";
import { DEFAULT_MAX_CHARS } from "../modules/review/limits";
import { markdownReview } from "../modules/review/markdown";
import { renderReview } from "../modules/review/render";
import { type Review, reviewVerdict } from "../modules/review/review";
import { sarifReview } from "../modules/review/sarif";
import { quote } from "../modules/text";
import type { Context } from "./context";
import { errorCode } from "./error-code";
import { git } from "./git-objects";

/** Where a review goes. `true`: to standard output; a text: to that file. */
export interface ReviewOutputs {
  readonly json: boolean;
  readonly markdown?: string | true;
  /** UTF-16 code units. */
  readonly maxChars?: number;
  readonly sarif?: string | true;
  readonly annotations?: boolean;
}

/** True unless two outputs would be mixed on standard output; then the reason is on standard error. */
export function outputsFit(context: Context, { json, markdown, sarif, annotations }: ReviewOutputs): boolean {
  const several = [json, markdown === true, sarif === true, annotations].filter(Boolean).length > 1;
  if (several)
    context.stderr("only one of --json, --markdown, --sarif and --annotations can have standard output; name files\n");
  return !several;
}

/** True when a machine reads standard output, or files alone are written: what is wrong must be in there, too. */
export function isForMachines({ json, markdown, sarif, annotations }: ReviewOutputs): boolean {
  return json || annotations === true || markdown !== undefined || sarif !== undefined;
}

/** Writes a review wherever it was asked for; false, with the reason on standard error, when a file cannot be written. */
export async function putOut(context: Context, review: Review, outputs: ReviewOutputs): Promise<boolean> {
  const { json, markdown, sarif, annotations, maxChars = DEFAULT_MAX_CHARS } = outputs;
  const prefix = sarif !== undefined || annotations ? await folderInRepository(context) : "";
  const written = [
    put(context, markdown, () => markdownReview(review, maxChars)),
    put(context, sarif, () => `${JSON.stringify(sarifReview(review, { version: manifest.version, prefix }))}\n`),
  ];
  if (json) context.stdout(jsonReview(review));
  else if (annotations) for (const line of annotationLines(review, prefix)) context.stdout(`${line}\n`);
  else if (markdown !== true && sarif !== true) context.stdout(renderReview(review));
  return written.every(Boolean);
}

function jsonReview(review: Review): string {
  const { headlines, changes, findings, standing, approvals } = review;
  const [plans] = headlines;
  const known = {
    verdict: reviewVerdict(review),
    ...(plans !== undefined && { plans }),
    approvals,
    findings,
    standing,
  };
  return `${JSON.stringify({ schemaVersion: 1, command: "review", ...known, changes })}\n`;
}

function put(context: Context, where: string | true | undefined, text: () => string): boolean {
  if (where === undefined) return true;
  if (where !== true) return replaceFile(context, resolve(context.root, where), text());
  context.stdout(text());
  return true;
}

/** At once or not at all; never through a link, and for its owner alone: a review says who may reach what. */
function replaceFile(context: Context, path: string, text: string): boolean {
  const draft = join(dirname(path), `.${basename(path)}.rolecall-${process.pid}`);
  try {
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false) {
      context.stderr(`${quote(path)} is not a regular file; name another\n`);
      return false;
    }
    writeFileSync(draft, text, { flag: "wx", mode: 0o600 });
    renameSync(draft, path);
    return true;
  } catch (error) {
    if (errorCode(error) !== "EEXIST") rmSync(draft, { force: true });
    context.stderr(`${quote(path)} cannot be written (${errorCode(error)}); name a file in a folder that exists\n`);
    return false;
  }
}

/** `infra/access/` for a project below the repository's top, else nothing. */
async function folderInRepository(context: Context): Promise<string> {
  return ((await git(context, ["rev-parse", "--show-prefix"]))?.toString() ?? "").replace(/\n$/, "");
}
