import { visible } from "../../text";

/** Lines that go (`- `) and come (`+ `) in one stretch: all that a new block changes. Text is latin1; shown as UTF-8, safe in a terminal. */
export function changedLines(before: string, after: string): readonly string[] {
  const [old, now] = [before, after].map((text) => text.split(/\r?\n/)) as [string[], string[]];
  let head = 0;
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  return [
    ...old.slice(head, old.length - tail).map((line) => `- ${shown(line)}`),
    ...now.slice(head, now.length - tail).map((line) => `+ ${shown(line)}`),
  ];
}

function shown(line: string): string {
  return visible(Buffer.from(line, "latin1").toString("utf8"));
}
