import fc from "fast-check";
import { readAsAws } from "../../../modules/client/aws-files/as-aws";
import { readAsSdk } from "../../../modules/client/aws-files/as-sdk";
import type { AwsFiles, FileReading } from "../../../modules/client/aws-files/reading";
import { plainValue, profileNames, readFiles, settleProfile } from "../../../modules/client/aws-files/settle";
import { chooseOwnKeys } from "../../../modules/client/session/own-keys";
import cases from "./files.json";
import { anyFile } from "./generated";

const KEY = "aws_access_key_id";

/** The key that a profile has, nothing, or that nobody can say. */
function keyOf(files: AwsFiles, profile: string): string | null {
  try {
    return chooseOwnKeys({}, files, profile).accessKeyId;
  } catch (error) {
    return String(error).includes("clients do not agree") ? "disputed" : null;
  }
}

test.each(cases)("$name", ({ config, credentials, expect: expected }) => {
  const files = { config, credentials };
  const found = Object.fromEntries(Object.keys(expected).map((profile) => [profile, keyOf(files, profile)]));
  expect(found).toEqual(expected);
});

describe("values", () => {
  test.each([
    ['op item get "AWS #1" --otp', 'op item get "AWS #1" --otp'],
    ["otp 'a ;b' # my phone", "otp 'a ;b'"],
    ["otp # my phone", "otp"],
    ["a#b", "a#b"],
    ["it's # mine", "it's"],
    ["x\n[profile y]", "x"],
    ["# nothing", ""],
  ])("%j is %j", (value, expected) => expect(plainValue(value)).toBe(expected));

  test("a command with # in quotes is whole, and one with a comment is without it", () => {
    const credentials = "[default]\naws_access_key_id = A\naws_secret_access_key = a\n";
    for (const [line, command] of [
      ['otp "my #1"', 'otp "my #1"'],
      ["otp # mine", "otp"],
    ] as const)
      expect(
        chooseOwnKeys({}, { config: `[default]\nmfa_process = ${line}\n`, credentials }, undefined).mfaProcess,
      ).toBe(command);
  });
});

/** The section under which a person sees a line: what the last line that begins with a bracket names. */
function ownerOf(text: string, line: number): string {
  const above = text.split(/\r\n|\n|\r/).slice(0, line);
  return above.filter((each) => each.trim().startsWith("[")).at(-1) ?? "";
}

test("a profile never has what a client takes for another's, nor what stands under another header", () => {
  let settled = 0;
  let disputed = 0;
  fc.assert(
    fc.property(anyFile, anyFile, (config, credentials) => {
      const files: AwsFiles = { config, credentials };
      const read = readFiles(files);
      const readings: readonly (readonly FileReading[])[] = [
        [readAsAws("config", config), readAsAws("credentials", credentials)],
        [readAsSdk("config", config), readAsSdk("credentials", credentials)],
      ].filter((each) => each.every(({ refusals }) => refusals.length === 0));
      for (const profile of profileNames(read)) {
        const found = settleProfile(read, profile);
        disputed += found?.disputed.size ?? 0;
        const value = found?.settings.get(KEY);
        if (value === undefined) continue;
        settled++;
        const own = readings.flatMap((each) =>
          each.flatMap(({ file, sections }) =>
            sections.flatMap((section) => section.settings.map((setting) => ({ ...setting, file, section }))),
          ),
        );
        const mine = own.filter(
          ({ section, name, value: theirs }) =>
            section.profile === profile && name.toLowerCase() === KEY && plainValue(theirs) === value,
        );
        expect(mine.length).toBeGreaterThan(0);
        // It stands under a header that names the profile, as a person reads the file.
        const name = profile.replace(/^(profile|sso-session|services)\./, "");
        expect(mine.some(({ file, line }) => ownerOf(files[file], line).includes(name))).toBe(true);
      }
    }),
    { numRuns: 2_000, seed: 31 },
  );
  expect(settled).toBeGreaterThan(100);
  expect(disputed).toBeGreaterThan(100);
});
