import { escapeHtml } from "../../text";

/** HTML that may be broken before `@` and after `.`, `:` and `/`, where a reader would break it. */
export function escapeBreakable(text: string): string {
  return escapeHtml(text).replace(/(?=@)|(?<=[.:/])(?=[^.:/])/g, "<wbr>");
}
