import { createHash } from "node:crypto";
import type { Place } from "../finding";
import { type AccessChange, changeKey, type Direction } from "./access-change";
import { type Review, reviewVerdict } from "./review";
import { RESERVED_ADDRESS, sarifRule } from "./sarif-rules";
import { changeSentence } from "./sentences/sentence";

/** GitHub keeps 5,000 results of a run: docs.github.com, "SARIF support for code scanning". */
export const MAX_SARIF_RESULTS = 5_000;

/** In the first 300 bytes of every review as SARIF. */
export const SARIF_MARK = '"tool":{"driver":{"name":"Rolecall"';

type Level = "error" | "warning" | "note" | "none";
interface Result {
  readonly rule: string;
  readonly level: Level;
  readonly message: string;
  readonly place: Place;
  /** What makes it the same result in the next run: not its line. */
  readonly identity: readonly unknown[];
}

const LEVELS: Record<Direction, Level> = { unknown: "error", widening: "warning", narrowing: "note", neutral: "none" };

/**
 * The review as SARIF 2.1.0: a result for each change of access and each broken rule, worst first, 5,000 at most. Changes
 * without a place are at the first line of `fallback`. `prefix` leads from the repository's top to the project's folder,
 * `address` to where a reader of the results can read on.
 */
export function sarifReview(
  review: Review,
  {
    version,
    prefix = "",
    fallback = "roster.yaml",
    address = RESERVED_ADDRESS,
  }: { readonly version: string; readonly prefix?: string; readonly fallback?: string; readonly address?: string },
): unknown {
  const results = resultsOf(review, fallback);
  const kept = results.slice(0, MAX_SARIF_RESULTS);
  const rules = [...new Set(kept.map(({ rule }) => rule))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "Rolecall", semanticVersion: version, informationUri: address, rules: rules.map(sarifRule) },
        },
        columnKind: "utf16CodeUnits",
        results: kept.map((result) => resultOf(result, rules.indexOf(result.rule), prefix)),
        properties: {
          verdict: reviewVerdict(review),
          resultsLeftOut: results.length - kept.length,
          ...review.sides,
        },
      },
    ],
  };
}

function resultsOf({ findings, changes }: Review, fallback: string): readonly Result[] {
  return [
    ...findings.map(({ code, severity, message, place }): Result => {
      return { rule: code, level: severity, message, place, identity: [message] };
    }),
    ...changes.filter(({ direction }) => direction !== "neutral").map((change) => ofChange(change, fallback)),
  ];
}

function ofChange(change: AccessChange, fallback: string): Result {
  const { direction, place } = change;
  return {
    rule: `access-${direction}`,
    level: LEVELS[direction],
    message: changeSentence(change),
    place: place ?? { file: fallback, line: 1, column: 1 },
    identity: [changeKey(change)],
  };
}

function resultOf({ rule, level, message, place, identity }: Result, ruleIndex: number, prefix: string): unknown {
  const uri = `${prefix}${place.file}`.split("/").map(encodeURIComponent).join("/");
  const hash = createHash("sha256")
    .update(JSON.stringify([rule, ...identity]))
    .digest("hex");
  return {
    ruleId: rule,
    ruleIndex,
    level,
    message: { text: plainMessage(message) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri, uriBaseId: "%SRCROOT%" },
          region: { startLine: place.line, startColumn: place.column },
        },
      },
    ],
    partialFingerprints: { "rolecallReview/v2": hash.slice(0, 32) },
  };
}

/** No embedded links and no placeholders: SARIF 2.1.0, sections 3.11.5 and 3.11.6. */
function plainMessage(text: string): string {
  return text.replace(/[\\[\]]/g, "\\$&").replace(/[{}]/g, "$&$&");
}
