/**
 * A key that one object of a valid JSON text holds twice. `JSON.parse` keeps the last, other readers the first: which of two
 * conditions IAM would have read no page tells.
 */
export function repeatedKey(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (char === "{") open.push(new Set());
    else if (char === "[") open.push(undefined);
    else if (char === "}" || char === "]") open.pop();
    else if (char === '"') {
      const end = endOfText(json, at);
      const keys = isKey(json, end) ? open[open.length - 1] : undefined;
      const key = keys ? String(JSON.parse(json.slice(at, end))) : "";
      if (keys?.has(key)) return key;
      keys?.add(key);
      at = end - 1;
    }
  }
  return undefined;
}

/** The place behind the closing quotation mark. */
function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}

function isKey(json: string, end: number): boolean {
  let at = end;
  while (json[at] === " " || json[at] === "\n" || json[at] === "\r" || json[at] === "\t") at++;
  return json[at] === ":";
}
