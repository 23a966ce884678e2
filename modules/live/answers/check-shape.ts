import { quote } from "../../text";
import always from "./always.json";
import type { Member, Shape } from "./shape";
import type { Element } from "./xml";

const ALWAYS: Readonly<Record<string, readonly string[]>> = always.always;
const MAY_LACK: Readonly<Record<string, readonly string[]>> = always.mayLack;

/**
 * What is wrong with the result of an answer, by the model and by what AWS always gives; `undefined` when nothing is. Members
 * that the model does not know are left alone: AWS adds some. Every list at the top must be there, because the SDK takes an absent
 * one and one with strange items for an empty one.
 */
export function shapeProblem(action: string, output: Shape, result: Element): string | undefined {
  const always = new Set(ALWAYS[action] ?? []);
  const lacks = MAY_LACK[action] ?? [];
  const isNeeded = (path: string, { name, required, shape }: Member) => {
    const atTop = path === name;
    const given = atTop && (shape().kind === "list" || name === "IsTruncated") && !lacks.includes(name);
    return required || given || always.has(path);
  };
  return problemOf(output, result, "", isNeeded) ?? pageProblem(output, result, lacks);
}

type IsNeeded = (path: string, member: Member) => boolean;

function problemOf(shape: Shape, element: Element, path: string, isNeeded: IsNeeded): string | undefined {
  switch (shape.kind) {
    case "structure":
      return structureProblem(shape.members, element, path, isNeeded);
    case "list":
      return listProblem(shape.item, element, path, isNeeded);
    case "map":
      return mapProblem(shape.value, element, path, isNeeded);
    default:
      return element.children.length === 0 && FORMS[shape.kind](element.text.trim())
        ? undefined
        : `${path} is ${quote(element.text || (element.children[0]?.name ?? ""))}`;
  }
}

/** What plain values look like in an answer of IAM or STS. */
const FORMS = {
  text: () => true,
  number: (text: string) => /^-?\d{1,15}$/.test(text),
  boolean: (text: string) => text === "true" || text === "false",
  time: (text: string) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
  bytes: (text: string) => /^[A-Za-z0-9+/\s]*={0,2}$/.test(text) && text.replace(/\s/g, "").length % 4 === 0,
} as const;

function structureProblem(
  members: readonly Member[],
  { children, text }: Element,
  path: string,
  isNeeded: IsNeeded,
): string | undefined {
  if (text.trim() !== "") return `${path || "the result"} is ${quote(text.trim())}`;
  for (const member of members) {
    const at = path === "" ? member.name : `${path}.${member.name}`;
    const [found, second] = children.filter(({ name }) => name === member.name);
    if (second !== undefined) return `${at} is there twice`;
    const needed = isNeeded(at, member);
    if (found === undefined) {
      if (needed) return `${at} is missing`;
      continue;
    }
    const shape = member.shape();
    if (needed && isEmptyText(shape, found, member.name)) return `${at} is empty`;
    const problem = problemOf(shape, found, at, isNeeded);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The value of a tag may be empty; no name, ARN, document or secret is. */
function isEmptyText({ kind }: Shape, { children, text }: Element, name: string): boolean {
  return (kind === "text" || kind === "bytes") && name !== "Value" && children.length === 0 && text.trim() === "";
}

function listProblem(item: Shape, element: Element, path: string, isNeeded: IsNeeded): string | undefined {
  if (element.text.trim() !== "") return `${path} is ${quote(element.text.trim())}, not a list`;
  for (const child of element.children) {
    if (child.name !== "member") return `${path} holds ${quote(child.name)}`;
    const problem = isEmptyText(item, child, "")
      ? `an item of ${path} is empty`
      : problemOf(item, child, `${path}[]`, isNeeded);
    if (problem !== undefined) return problem;
  }
  const texts = item.kind === "text" ? element.children.map(({ text }) => text) : [];
  return new Set(texts).size === texts.length ? undefined : `${path} names something twice`;
}

function mapProblem(value: Shape, element: Element, path: string, isNeeded: IsNeeded): string | undefined {
  if (element.text.trim() !== "" || element.children.length === 0) return `${path} is empty`;
  const keys = new Set<string>();
  for (const { name, children } of element.children) {
    const [key, held, ...more] = children;
    if (name !== "entry" || key?.name !== "key" || held?.name !== "value" || more.length > 0)
      return `${path} holds something other than an entry`;
    if (key.children.length > 0 || key.text === "") return `${path} has an invalid key`;
    if (keys.has(key.text)) return `${path} has ${quote(key.text)} twice`;
    keys.add(key.text);
    const problem = problemOf(value, held, `${path}.${key.text}`, isNeeded);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The SDK ends a list silently where there is more but no marker. */
function pageProblem(output: Shape, { children }: Element, lacks: readonly string[]): string | undefined {
  const paged =
    output.kind === "structure" &&
    ["IsTruncated", "Marker"].every((each) => output.members.some((m) => m.name === each));
  if (!paged) return undefined;
  const textOf = (wanted: string) => children.find(({ name }) => name === wanted)?.text.trim();
  const more = textOf("IsTruncated");
  const marker = textOf("Marker") ?? "";
  if (more === "true" && marker === "") return "it says that there is more, but not where";
  if (more === "false" && marker !== "") return "it says that it is the last page, and where the next one begins";
  return more === undefined && marker !== "" && lacks.includes("IsTruncated")
    ? "it says where the next page begins, and not whether there is one"
    : undefined;
}
