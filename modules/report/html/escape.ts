/** Text as it may stand in an element or a quoted attribute. Invisible characters, those that turn the reading direction above all, are spelled out. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(/[&<>"'`]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** The same, and may be broken before `@` and after `.`, `:` and `/`, where a reader would break it. */
export function escapeBreakable(text: string): string {
  return escapeHtml(text).replace(/(?=@)|(?<=[.:/])(?=[^.:/])/g, "<wbr>");
}
