import { quote } from "../../text";
import { Problem } from "../template";
import { truthOf, UNKNOWN } from "../truth";
import type { ReadValue } from "./value-test";

type Ordered = number | bigint;
export type Relation = (given: Ordered, wanted: Ordered) => boolean;

export const EQUALS: Relation = (given, wanted) => given === wanted;
export const LESS: Relation = (given, wanted) => given < wanted;
export const LESS_OR_EQUAL: Relation = (given, wanted) => given <= wanted;
export const GREATER: Relation = (given, wanted) => given > wanted;
export const GREATER_OR_EQUAL: Relation = (given, wanted) => given >= wanted;

/** `Numeric...`: decimal numbers. */
export function readNumber(relation: Relation): ReadValue {
  return compare("number", parseDecimal, relation);
}

/** `Date...`: an ISO 8601 date in one of the W3C forms, or seconds since 1970. */
export function readDate(relation: Relation): ReadValue {
  return compare("date", parseDate, relation);
}

function compare(noun: string, parse: (text: string) => Ordered | undefined, relation: Relation): ReadValue {
  return (value) => {
    const wanted = parse(value);
    if (wanted === undefined) return new Problem(`${quote(value)} is not a ${noun}`);
    return (text) => {
      const given = parse(text);
      return given === undefined ? UNKNOWN : truthOf(relation(given, wanted));
    };
  };
}

/** Fifteen digits are exact in a JavaScript number; longer ones are not understood rather than rounded. */
function parseDecimal(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, "").length <= 15 ? Number(text) : undefined;
}

const DATE = /^(\d{4})-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d))?)?$/;

/**
 * Whole nanoseconds since 1970, as exact as the nine digits of a second that programs write; more are not understood. Four digits alone could be a year or seconds and are not understood.
 * Source: W3C note "Date and Time Formats", which the IAM User Guide names under "Date condition operators".
 */
function parseDate(text: string): bigint | undefined {
  if (/^\d+$/.test(text)) return text.length === 4 || text.length > 12 ? undefined : BigInt(text) * 1_000_000_000n;
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [, year, month, day = "01", hour = "00", minute = "00", second = "00", fraction = "0", zone = "Z"] = match;
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const date = new Date(utc);
  const inYear = date.getUTCFullYear() === Number(year);
  const real = inYear && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  const clock = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  return real && clock
    ? BigInt(utc - zoneMilliseconds(zone)) * 1_000_000n + BigInt(fraction.padEnd(9, "0"))
    : undefined;
}

function zoneMilliseconds(zone: string): number {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}
