import { readAddress } from "./address";
import { readArn } from "./arn";
import { readBinary } from "./binary";
import { readBoolean } from "./boolean";
import { EQUALS, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL, readDate, readNumber } from "./ordered";
import { readEquals, readEqualsIgnoreCase, readLike } from "./text";
import type { ReadValue } from "./value-test";

export interface Operator {
  /** True when the operator holds if *no* value matches. */
  readonly negated: boolean;
  readonly read: ReadValue;
}

const is = (read: ReadValue): Operator => ({ negated: false, read });
const isNot = (read: ReadValue): Operator => ({ negated: true, read });

/** Every operator but `Null`, in lower case. Source: IAM User Guide, "IAM JSON policy elements: Condition operators". */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ["stringequals", is(readEquals)],
  ["stringnotequals", isNot(readEquals)],
  ["stringequalsignorecase", is(readEqualsIgnoreCase)],
  ["stringnotequalsignorecase", isNot(readEqualsIgnoreCase)],
  ["stringlike", is(readLike)],
  ["stringnotlike", isNot(readLike)],
  ["numericequals", is(readNumber(EQUALS))],
  ["numericnotequals", isNot(readNumber(EQUALS))],
  ["numericlessthan", is(readNumber(LESS))],
  ["numericlessthanequals", is(readNumber(LESS_OR_EQUAL))],
  ["numericgreaterthan", is(readNumber(GREATER))],
  ["numericgreaterthanequals", is(readNumber(GREATER_OR_EQUAL))],
  ["dateequals", is(readDate(EQUALS))],
  ["datenotequals", isNot(readDate(EQUALS))],
  ["datelessthan", is(readDate(LESS))],
  ["datelessthanequals", is(readDate(LESS_OR_EQUAL))],
  ["dategreaterthan", is(readDate(GREATER))],
  ["dategreaterthanequals", is(readDate(GREATER_OR_EQUAL))],
  ["bool", is(readBoolean)],
  ["binaryequals", is(readBinary)],
  ["ipaddress", is(readAddress)],
  ["notipaddress", isNot(readAddress)],
  ["arnequals", is(readArn)],
  ["arnlike", is(readArn)],
  ["arnnotequals", isNot(readArn)],
  ["arnnotlike", isNot(readArn)],
]);
