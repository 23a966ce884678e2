import { quote } from "../../text";
import { Problem } from "../template";
import { truthOf, UNKNOWN } from "../truth";
import type { ReadValue } from "./value-test";

/** `Bool`: true or false, without case. */
export const readBoolean: ReadValue = (value) => {
  const wanted = parseBoolean(value);
  if (wanted === undefined) return new Problem(`${quote(value)} is neither true nor false`);
  return (text) => {
    const given = parseBoolean(text);
    return given === undefined ? UNKNOWN : truthOf(given === wanted);
  };
};

export function parseBoolean(text: string): boolean | undefined {
  if (text === "true") return true;
  if (text === "false") return false;
  const lower = text.toLowerCase();
  return lower === "true" ? true : lower === "false" ? false : undefined;
}
