/** One element of an answer: either children or text. */
export interface Element {
  /** Without a prefix. */
  readonly name: string;
  readonly children: readonly Element[];
  readonly text: string;
}

/** Far deeper than any answer of IAM. */
const MAX_DEPTH = 30;

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/**
 * Reads the XML that AWS's query services answer: elements, attributes, text, comments. `undefined` for everything else: no
 * document types, no CDATA, no text between elements, exactly one root, nothing cut short. Stricter than the SDK's reader, which
 * takes any root, and nothing for an empty list.
 */
export function parseXml(text: string): Element | undefined {
  const pattern = new RegExp(TOKEN);
  const stack: Open[] = [{ name: "", children: [], text: "" }];
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (found === null || !take(stack, found)) return undefined;
  }
  const [top, ...open] = stack;
  if (top === undefined || open.length > 0 || top.text.trim() !== "" || top.children.length !== 1) return undefined;
  return top.children[0];
}

interface Open {
  readonly name: string;
  readonly children: Element[];
  text: string;
}

const TOKEN =
  /<!--(?:(?!--)[\s\S])*-->|<\?xml [^<>?]*\?>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;

/** One token: an element's beginning or end, or text; comments and the declaration are nothing. */
function take(stack: Open[], [, slash, name, attributes, empty, plain]: RegExpExecArray): boolean {
  const top = stack.at(-1);
  if (top === undefined) return false;
  if (plain !== undefined) return addText(top, decode(plain));
  if (name === undefined) return true;
  if (slash === "/") {
    if (empty === "/" || attributes !== "" || stack.length < 2 || top.name !== name) return false;
    stack.pop();
    return nest(stack.at(-1), top);
  }
  const opened = { name, children: [], text: "" };
  if (empty === "/") return nest(top, opened);
  stack.push(opened);
  return stack.length <= MAX_DEPTH;
}

function addText(to: Open, text: string | undefined): boolean {
  to.text += text ?? "";
  return text !== undefined && (to.children.length === 0 || to.text.trim() === "");
}

function nest(parent: Open | undefined, { name, children, text }: Open): boolean {
  parent?.children.push({ name: name.slice(name.indexOf(":") + 1), children, text: children.length > 0 ? "" : text });
  return parent !== undefined && parent.text.trim() === "";
}

function decode(text: string): string | undefined {
  let ok = true;
  const decoded = text.replace(/&([^;&\s]*)(;?)/g, (_whole, name: string, end: string) => {
    const character = end === ";" ? (ENTITIES[name] ?? numbered(name)) : undefined;
    ok &&= character !== undefined;
    return character ?? "";
  });
  return ok ? decoded : undefined;
}

function numbered(name: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name) ?? [];
  const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal ?? Number.NaN);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
