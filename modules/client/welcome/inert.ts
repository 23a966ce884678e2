/** Text from outside as HTML shows it, never as markup; invisible and direction-changing characters become visible boxes. */
export function htmlText(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text from outside as Markdown shows it: every character that Markdown or HTML could read is escaped. */
export function markdownText(text: string): string {
  return visible(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]()|~]/g, (character) => `\\${character}`)
    .replace(/@/g, "&#64;")
    .replace(/:\/\//g, "&#58;//");
}

/** A block of code whose fence is longer than any in the text. */
export function markdownCode(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${visible(text)}\n${fence}`;
}

function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, "\ufffd");
}
