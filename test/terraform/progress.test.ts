import { type Phase, Progress } from "../../modules/terraform/run/progress";
import cases from "./cases/progress.json";

/* Time is given: what is written after which event, at a terminal and without. */
type Event =
  | { readonly wait: number }
  | { readonly phase: readonly [task: string, phase: string] }
  | { readonly done: readonly [task: string, text: string] }
  | { readonly end: string }
  | { readonly line: string };

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function written(inPlace: boolean, events: readonly Event[]): string {
  let text = "";
  let now = 0;
  const write = (more: string) => {
    text += more;
  };
  const progress = new Progress({ write, clock: () => now, inPlace });
  for (const event of events) {
    if ("phase" in event) progress.phase(event.phase[0], event.phase[1] as Phase);
    else if ("done" in event) progress.done(...event.done);
    else if ("end" in event) progress.end(event.end);
    else if ("line" in event) progress.line(event.line);
    else
      for (let waited = 0; waited < event.wait; waited += 100) {
        now += 100;
        jest.advanceTimersByTime(100);
      }
  }
  expect(jest.getTimerCount()).toBe(0);
  return text;
}

/** What stays on the screen: a line that is cleared is gone. */
function screen(text: string): readonly string[] {
  const lines = text.replaceAll("\u001b[?7l", "").replaceAll("\u001b[?7h", "").split("\n");
  return lines.map((line) => line.split("\r\u001b[2K").at(-1) ?? "").filter((line) => line !== "");
}

test.each(cases)("$name", ({ events, lines, drawn, stays }) => {
  const given = events as unknown as readonly Event[];
  expect(written(false, given).split("\n").slice(0, -1)).toEqual(lines);
  const inPlace = written(true, given);
  expect(screen(inPlace)).toEqual(stays);
  for (const text of drawn) expect(inPlace).toContain(text);
});
