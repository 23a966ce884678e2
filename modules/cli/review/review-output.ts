import { resolve } from "node:path";
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
import { Refusal } from "../../refusal";
import type { Answer } from "../answer";

/** Where a review goes. `true`: to standard output; a text: to that file. */
export interface ReviewOutputs {
  readonly json: boolean;
  readonly markdown?: string | true | undefined;
  /** UTF-16 code units. */
  readonly maxChars?: number | undefined;
  readonly sarif?: string | true | undefined;
  readonly annotations?: boolean | undefined;
}

/** Throws a `Refusal` where two outputs would be mixed on standard output or in a file. */
export function expectOutputs({ json, markdown, sarif, annotations }: ReviewOutputs): void {
  const several = [json, markdown === true, sarif === true, annotations].filter(Boolean).length > 1;
  const same = typeof markdown === "string" && typeof sarif === "string" && resolve(markdown) === resolve(sarif);
  const reasons = [
    ...(several
      ? ["only one of --json, --markdown, --sarif and --annotations can have standard output; name files"]
      : []),
    ...(same ? ["--markdown and --sarif name the same file; give two"] : []),
  ];
  if (reasons.length > 0) throw new Refusal(reasons);
}

/** True when a machine reads standard output, or only files are written: what is wrong must be in there, too. */
export function isForMachines({ json, markdown, sarif, annotations }: ReviewOutputs): boolean {
  return json || annotations === true || markdown !== undefined || sarif !== undefined;
}

/** Writes the files that were asked for and answers with the rest. A file that cannot be written ends with 2. */
export async function answerWith(
  context: Context,
  review: Review,
  outputs: ReviewOutputs,
  { exit, talk }: { readonly exit: number; readonly talk: readonly string[] },
): Promise<Answer> {
  const { markdown, sarif, annotations, maxChars = DEFAULT_MAX_CHARS } = outputs;
  const place = sarif !== undefined || annotations ? await folderInRepository(context) : { prefix: "", notes: [] };
  const asMarkdown = () => markdownReview(review, maxChars);
  const asSarif = () => sarifText(context, review, place.prefix);
  const refused = [...writeTo(context, markdown, MARKDOWN, asMarkdown), ...writeTo(context, sarif, SARIF, asSarif)];
  const text = () => {
    if (annotations)
      return annotationLines(review, place.prefix)
        .map((line) => `${line}\n`)
        .join("");
    if (markdown === true) return asMarkdown();
    return sarif === true ? asSarif() : renderReview(review);
  };
  return {
    exit: refused.length > 0 ? 2 : exit,
    text: outputs.json ? undefined : text(),
    data: outputs.json ? reviewForMachines(review) : undefined,
    talk: [...talk, ...place.notes, ...refused],
  };
}

function reviewForMachines(review: Review): object {
  const { headlines, changes, findings, standing, approvals, sides } = review;
  const [plans] = headlines;
  const judged = { verdict: reviewVerdict(review), ...sides, plans, approvals, findings, standing };
  return { ...judged, changes: changes.map(changeForMachines) };
}

const MARKDOWN: OwnKind = { what: "review", mark: REVIEW_MARKER };
const SARIF: OwnKind = { what: "review", mark: SARIF_MARK };

/** Why the file could not be written. */
function writeTo(
  { root }: Context,
  where: string | true | undefined,
  kind: OwnKind,
  text: () => string,
): readonly string[] {
  const refused = typeof where === "string" ? writeOwn(resolve(root, where), text(), kind) : undefined;
  return refused === undefined ? [] : [refused];
}

/** Changes without a place are at the first line of the first file of the roster that any has. */
function sarifText({ env }: Context, review: Review, prefix: string): string {
  const places = [...review.findings, ...review.changes].flatMap(({ place }) => place ?? []);
  const [first] = places.filter(({ file }) => file !== RULES_FILE);
  const fallback = first === undefined ? {} : { fallback: first.file };
  const address = informationUri(env["GITHUB_SERVER_URL"], env["GITHUB_REPOSITORY"]);
  return `${JSON.stringify(sarifReview(review, { version: manifest.version, prefix, address, ...fallback }))}\n`;
}

/** `infra/access/` for a project below the repository's top, else nothing. */
async function folderInRepository(
  context: Context,
): Promise<{ readonly prefix: string; readonly notes: readonly string[] }> {
  const found = await findRepository(context);
  if (found.ok) return { prefix: found.repository.prefix, notes: [] };
  const { kind, reason } = found.failure;
  // Without git the project's folder is the top; plans can be reviewed there.
  const isExpected = kind === "not-a-repository" || kind === "not-installed";
  return { prefix: "", notes: isExpected ? [] : [`the paths are those from the project folder: ${reason}`] };
}
