import { resolve } from "node:path";
import { jsonText } from "../json-text";
import manifest from "../../../package.json";
import { annotationLines } from "../../review/annotations";
import { changeForMachines } from "../../review/json";
import { DEFAULT_MAX_CHARS } from "../../review/limits";
import { markdownReview, REVIEW_MARKER } from "../../review/markdown";
import { renderReview } from "../../review/render";
import { type Review, reviewVerdict } from "../../review/review";
import { RULES_FILE } from "../../review/rules/judge";
import { SARIF_MARK, sarifReview } from "../../review/sarif";
import { informationUri } from "../../review/sarif-rules";
import type { Context } from "../../machine/context";
import { findRepository } from "../../machine/git/repository";
import { type OwnKind, writeOwn } from "../../machine/atomic-file";

/** Where a review goes. `true`: to standard output; a text: to that file. */
export interface ReviewOutputs {
  readonly json: boolean;
  readonly markdown?: string | true;
  /** UTF-16 code units. */
  readonly maxChars?: number;
  readonly sarif?: string | true;
  readonly annotations?: boolean;
}

/** True unless two outputs would be mixed on standard output or in a file; then the reason is on standard error. */
export function outputsFit(context: Context, { json, markdown, sarif, annotations }: ReviewOutputs): boolean {
  const several = [json, markdown === true, sarif === true, annotations].filter(Boolean).length > 1;
  const same = typeof markdown === "string" && typeof sarif === "string" && resolve(markdown) === resolve(sarif);
  if (several)
    context.stderr("only one of --json, --markdown, --sarif and --annotations can have standard output; name files\n");
  if (same) context.stderr("--markdown and --sarif name the same file; give two\n");
  return !several && !same;
}

/** True when a machine reads standard output, or files alone are written: what is wrong must be in there, too. */
export function isForMachines({ json, markdown, sarif, annotations }: ReviewOutputs): boolean {
  return json || annotations === true || markdown !== undefined || sarif !== undefined;
}

/** Writes a review wherever it was asked for; false, with the reason on standard error, when a file cannot be written. */
export async function writeReview(context: Context, review: Review, outputs: ReviewOutputs): Promise<boolean> {
  const { json, markdown, sarif, annotations, maxChars = DEFAULT_MAX_CHARS } = outputs;
  const prefix = sarif !== undefined || annotations ? await folderInRepository(context) : "";
  const written = [
    put(context, markdown, MARKDOWN, () => markdownReview(review, maxChars)),
    put(context, sarif, SARIF, () => sarifText(context, review, prefix)),
  ];
  if (json) context.stdout(jsonReview(review));
  else if (annotations) for (const line of annotationLines(review, prefix)) context.stdout(`${line}\n`);
  else if (markdown !== true && sarif !== true) context.stdout(renderReview(review));
  return written.every(Boolean);
}

function jsonReview(review: Review): string {
  const { headlines, changes, findings, standing, approvals, sides } = review;
  const [plans] = headlines;
  const known = {
    verdict: reviewVerdict(review),
    ...sides,
    ...(plans !== undefined && { plans }),
    approvals,
    findings,
    standing,
  };
  return jsonText("review", { ...known, changes: changes.map(changeForMachines) });
}

const MARKDOWN: OwnKind = { what: "review", mark: REVIEW_MARKER };
const SARIF: OwnKind = { what: "review", mark: SARIF_MARK };

function put(context: Context, where: string | true | undefined, kind: OwnKind, text: () => string): boolean {
  if (where === undefined) return true;
  if (where === true) {
    context.stdout(text());
    return true;
  }
  const refused = writeOwn(resolve(context.root, where), text(), kind);
  if (refused !== undefined) context.stderr(`${refused}\n`);
  return refused === undefined;
}

/** Changes without a place stand at the first file of the roster that any has. */
function sarifText({ env }: Context, review: Review, prefix: string): string {
  const places = [...review.findings, ...review.changes].flatMap(({ place }) => place ?? []);
  const [first] = places.filter(({ file }) => file !== RULES_FILE);
  const fallback = first === undefined ? {} : { fallback: first.file };
  const address = informationUri(env["GITHUB_SERVER_URL"], env["GITHUB_REPOSITORY"]);
  return `${JSON.stringify(sarifReview(review, { version: manifest.version, prefix, address, ...fallback }))}\n`;
}

/** `infra/access/` for a project below the repository's top, else nothing. */
async function folderInRepository(context: Context): Promise<string> {
  const found = await findRepository(context);
  if (found.ok) return found.repository.prefix;
  const { kind, reason } = found.failure;
  // Without git the project's folder is the top; plans can be reviewed there.
  if (kind !== "not-a-repository" && kind !== "not-installed")
    context.stderr(`the paths below are those from the project folder: ${reason}\n`);
  return "";
}
