import fc from "fast-check";
import { clashes, nearClashes } from "../../../modules/client/profiles/clashes";
import { askBotocore } from "./botocore";

const PATH = "/home/ann/.aws/config";
const OURS = "[profile testing]\nregion = ours\n";

const clash = (text: string) => clashes(["testing"], [{ path: PATH, text }]);

test.each([
  "[profile testing]",
  '[profile "testing"]',
  "[profile 'testing']",
  "[profile\ttesting ]",
  "  [profile testing]",
  "[profile testing] # mine",
  "[profile testing] x ]",
  "[profiles testing]",
  '[profile te"st"ing]',
  "[profile te\\sting]",
  "[testing]",
  "[ testing ]",
])("%s is the same profile to some client", (header) => {
  expect(clash(`[default]\r\nregion = x\r\n${header}\r\n`)).toEqual([
    expect.stringMatching(/^\/home\/ann\/\.aws\/config:3: \[.*\] already defines a profile "testing"; rename/),
  ]);
});

test.each([
  "[profile testing2]",
  "[profile my testing]",
  "[sso-session testing]",
  "[services testing]",
  "# [profile testing]",
  "region = [profile testing]",
  "[default]",
])("%s is none", (text) => {
  expect(clash(text)).toEqual([]);
});

test("capitals alone are worth a warning, and a header cannot steer a terminal", () => {
  const files = [{ path: PATH, text: "[profile Testing]\n[profile testing]\n" }];
  expect(nearClashes(["testing"], files)).toEqual([expect.stringContaining("config:1: [profile Testing] differs")]);
  expect(clash("[profile testing]\x1b]0;x\x07]").join()).not.toMatch(/[\x00-\x1f]/);
  expect(clash("[profile testing \x1b ]").join()).toBe("");
});

test("no header that the aws client takes for ours is missed", () => {
  const odd = fc.constantFrom(" ", "\t", '"', "'", "\\", "]", "[", "#", ";", "x");
  const noise = fc.oneof({ weight: 4, arbitrary: fc.constant("") }, { weight: 1, arbitrary: odd });
  const header = fc
    .tuple(
      noise,
      fc.constantFrom("profile", "profiles", "profile x", ""),
      noise,
      fc.constantFrom(" ", "\t", ""),
      noise,
      noise,
    )
    .map(([a, kind, b, blank, c, d]) => `[${a}${kind}${b}${blank}${c}testing${d}]${b}`);
  const headers = fc.sample(header, { numRuns: 1500, seed: 7 });
  const alone = askBotocore(headers.map((each) => `${each}\nregion = theirs\n`)).loaded;
  const both = askBotocore(headers.map((each) => `${each}\nregion = theirs\n${OURS}`)).loaded;
  const same = headers.filter((_, index) => {
    const [theirs, together] = [alone[index], both[index]];
    return theirs !== "refused" && (together === "refused" || (theirs !== undefined && "testing" in theirs));
  });
  expect(same.length).toBeGreaterThan(20);
  expect(same.filter((each) => clash(each).length === 0)).toEqual([]);
});
