/**
 * A key that one object of a valid JSON text holds twice. `JSON.parse` keeps the last, other readers the first: which of two
 * conditions IAM would have read no page tells.
 */
export function repeatedKey(json: string): string | undefined {
  return scanJson(json).repeated;
}

/** What the value of a valid JSON text no longer tells: the first repeated key, and how deep lists and objects go up to it. */
export function scanJson(json: string): { readonly repeated?: string; readonly depth: number } {
  const open: (Set<string> | undefined)[] = [];
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (char === "{") depth = Math.max(depth, open.push(new Set()));
    else if (char === "[") depth = Math.max(depth, open.push(undefined));
    else if (char === "}" || char === "]") open.pop();
    else if (char === '"') {
      const end = endOfText(json, at);
      const keys = isKey(json, end) ? open[open.length - 1] : undefined;
      const key = keys ? String(JSON.parse(json.slice(at, end))) : "";
      if (keys?.has(key)) return { repeated: key, depth };
      keys?.add(key);
      at = end - 1;
    }
  }
  return { depth };
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
