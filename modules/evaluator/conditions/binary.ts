import { quote } from "../../text";
import { Problem } from "../template";
import { truthOf, UNKNOWN } from "../truth";
import type { ReadValue } from "./value-test";

/** `BinaryEquals`: the same bytes, both given as base64. */
export const readBinary: ReadValue = (value) => {
  const wanted = parseBase64(value);
  if (wanted === undefined) return new Problem(`${quote(value)} is not base64`);
  return (text) => {
    const given = parseBase64(text);
    return given === undefined ? UNKNOWN : truthOf(given === wanted);
  };
};

/** The bytes as text of one character each. */
function parseBase64(text: string): string | undefined {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) ? atob(text) : undefined;
}
