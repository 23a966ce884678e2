import { scanJson } from "../../iam/repeated-key";
import { isRecord, quote } from "../../text";
import { misshapen, type PlanJson } from "./plan-shape";
import { type Known, known, unknown } from "../../known";

/** Larger than any plan of one stack here: 1,000 people come to about a tenth of it. */
export const MAX_PLAN_BYTES = 100 * 1024 * 1024;
/** A plan's own nesting is below 20; policies are texts in it. */
const MAX_DEPTH = 64;

/**
 * The plan in the bytes of `terraform show -json <plan>`, in UTF-8 or in the UTF-16 that PowerShell's `>` writes. A plan holds
 * secrets in clear text, so no reason quotes the input, whose excerpts JSON.parse puts into its messages.
 */
export function parsePlan(bytes: Uint8Array): Known<PlanJson> {
  if (bytes.length > MAX_PLAN_BYTES)
    return unknown(`it is larger than ${MAX_PLAN_BYTES / 1024 / 1024} MB, more than any plan of one stack`);
  if (bytes.length === 0) return unknown(`it is empty; ${SHOW}`);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return unknown(`it is the saved plan itself; ${SHOW}`);
  const text = textOf(bytes);
  if (text === undefined) return unknown(`it is neither UTF-8 nor UTF-16; ${SHOW}`);
  const json = parseText(text);
  return json.known ? recognize(json.value) : json;
}

const SHOW = "give what terraform show -json <plan> prints";

function textOf(bytes: Uint8Array): string | undefined {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseText(text: string): Known<unknown> {
  const start = text.trimStart();
  if (!start.startsWith("{")) return unknown(`it is not JSON; ${SHOW}`);
  if (start.startsWith('{"@level"')) return unknown(`it is the log of terraform plan -json, not the plan; ${SHOW}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return unknown(`its JSON is incomplete: it may be truncated after ${text.length} characters; ${SHOW}`);
  }
  const { repeated, depth } = scanJson(text);
  if (depth > MAX_DEPTH) return unknown(`its JSON is nested ${depth} levels deep, more than any plan; ${SHOW}`);
  if (repeated !== undefined) return unknown("it has a key twice, which Terraform never writes; create it again");
  return known(json);
}

/** Other minor versions only add keys; another major one may mean something else by those there are. */
function recognize(json: unknown): Known<PlanJson> {
  if (!isRecord(json)) return unknown(`its JSON is not a plan; ${SHOW}`);
  const version = json["format_version"];
  if (typeof version !== "string") return unknown(`it is not a plan; ${SHOW}`);
  if (!/^1\.\d+$/.test(version)) return unknown(`unknown plan format ${quote(version)}; only 1.x is supported`);
  const wrong = misshapen(json);
  if (wrong !== undefined) return unknown(`its ${wrong} does not have the form that Terraform writes; ${SHOW}`);
  if (isRecord(json["planned_values"])) return known(json);
  return json["values"] === undefined
    ? unknown(`it has no planned values; ${SHOW}`)
    : unknown(`it is a state, not a plan; ${SHOW}`);
}
