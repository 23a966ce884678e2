import type { AccessChange, Direction } from "../../../modules/review/access-change";
import { disagreements } from "../../../modules/review/plan/agreement";
import cases from "./cases/agreement.json";
import { changeSentence } from "../../../modules/review/sentences/sentence";

interface Case {
  readonly name: string;
  readonly said?: readonly string[];
  readonly planned: readonly string[];
  readonly apart: readonly string[];
  readonly disagreements: readonly string[];
}

const MARKS: readonly (readonly [string, Direction])[] = [
  ["+", "widening"],
  ["-", "narrowing"],
  ["?", "unknown"],
  ["=", "neutral"],
];

/** `+ production ann: ann gains operator`. */
function parse(text: string): AccessChange {
  const [, mark, account = "", person, reason = ""] = /^(.) (\w+)(?: (\w+))?: (.*)$/.exec(text) ?? [];
  const direction = MARKS.find(([known]) => known === mark)?.[1] ?? "unknown";
  return { direction, account, person, kind: "not-judged", reason };
}

function show(change: AccessChange): string {
  const { direction, account, person } = change;
  const mark = MARKS.find(([, known]) => known === direction)?.[0];
  return `${mark} ${account}${person === undefined ? "" : ` ${person}`}: ${changeSentence(change)}`;
}

test.each(cases as readonly Case[])("$name", ({ said, planned, apart, disagreements: expected }) => {
  const found = disagreements({
    planned: planned.map(parse),
    apart: apart.map(parse),
    ...(said === undefined ? {} : { said: said.map(parse) }),
  });
  expect(found.map(show)).toEqual(expected);
});
