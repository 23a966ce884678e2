import { isRecord } from "../../text";

/** Values of one condition key; absent where the key is left out. */
export interface Sample {
  readonly key: string;
  readonly value: string | undefined;
}

/** One condition with samples that fulfil it, one for each of its values, and samples that do not. */
export interface ConditionSamples {
  readonly holds: readonly Sample[];
  readonly fails: readonly Sample[];
}

/** A value that nobody would write. */
const OTHER = "no-such-value";

/** What to ask for so that every condition of a statement is tried on both sides. Operators as in IAM's User Guide. */
export function conditionSamples(condition: unknown): readonly ConditionSamples[] {
  if (!isRecord(condition)) return [];
  return Object.entries(condition).flatMap(([operator, keys]) =>
    isRecord(keys)
      ? Object.entries(keys).map(([key, values]) => samplesOf(plain(operator), key, [values].flat().map(String)))
      : [],
  );
}

function plain(operator: string): string {
  return operator
    .toLowerCase()
    .replace(/^for(any|all)values?:/, "")
    .replace(/ifexists$/, "");
}

function samplesOf(operator: string, key: string, values: readonly string[]): ConditionSamples {
  const with_ = (value: string | undefined): Sample => ({ key, value });
  if (operator === "null") {
    const absent = values.map((value) => value.toLowerCase() === "true");
    return {
      holds: absent.map((each) => with_(each ? undefined : OTHER)),
      fails: absent.map((each) => with_(each ? OTHER : undefined)),
    };
  }
  const own = values.map((value) => matching(operator, value));
  const others = values.map((value) => beside(operator, value));
  const [holds, fails] = /not/.test(operator) ? [others, own] : [own, others];
  return { holds: holds.map(with_), fails: [...fails.map(with_), with_(undefined)] };
}

/** A value the operator, without its "not", accepts. */
function matching(operator: string, value: string): string {
  if (/like$|^arn/.test(operator)) return filled(value);
  if (operator.endsWith("ipaddress")) return value.split("/")[0] ?? value;
  return moved(operator, value, /lessthan$/.test(operator) ? -1 : /greaterthan$/.test(operator) ? 1 : 0);
}

/** A value it does not accept. */
function beside(operator: string, value: string): string {
  if (operator === "bool") return value.toLowerCase() === "true" ? "false" : "true";
  if (operator.endsWith("ipaddress")) return "192.0.2.1";
  if (/^(numeric|date)/.test(operator)) return moved(operator, value, /lessthan/.test(operator) ? 1 : -1);
  return OTHER;
}

function moved(operator: string, value: string, by: number): string {
  if (operator.startsWith("numeric") && value !== "") return String(Number(value) + by);
  const instant = operator.startsWith("date") ? Date.parse(value) : Number.NaN;
  return Number.isNaN(instant) ? value : new Date(instant + by * 1000).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** A text that fits a pattern. */
export function filled(pattern: string): string {
  return pattern
    .replace(/\$\{[^}]*\}/g, "sample")
    .replace(/\*/g, "sample")
    .replace(/\?/g, "x");
}
