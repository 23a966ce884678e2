import fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { readAsAws } from "../../../modules/client/aws-files/as-aws";
import { readAsGo } from "../../../modules/client/aws-files/as-go";
import { readAsSdk } from "../../../modules/client/aws-files/as-sdk";
import {
  type AwsFiles,
  type AwsFileKind,
  type FileReading,
  sectionsOfProfile,
} from "../../../modules/client/aws-files/reading";
import { canAskSdk, differsFromSdk, type Loaded as LoadedBySdk } from "../../../modules/client/aws-files/same-as-sdk";
import { shellSplit } from "../../../modules/client/aws-files/shell-split";
import { loadAsSdk } from "../../../modules/live/shared-config";
import { askBotocore, type Loaded } from "../profiles/botocore";
import { generatedFiles } from "./generated";
import cases from "./files.json";
import terraform from "./terraform.json";

/** Every text is read as either file. */
const GENERATED = generatedFiles(3_000);
const BY_HAND = cases.flatMap(({ config = "", credentials = "" }) => [config, credentials]);
const TEXTS = [...BY_HAND, ...GENERATED];

/** Own settings by profile; nested ones are nobody's. */
function plain(reading: FileReading): unknown {
  if (reading.refusals.length > 0) return "refused";
  const profiles = reading.sections.flatMap(({ profile, settings }) =>
    profile === undefined
      ? []
      : [[profile, Object.fromEntries(settings.map(({ name, value }) => [name, value]))] as const],
  );
  return Object.fromEntries(profiles);
}

function withoutNested(loaded: Loaded | undefined): unknown {
  if (loaded === undefined || loaded === "refused") return loaded;
  return Object.fromEntries(
    Object.entries(loaded).map(([profile, settings]) => [
      profile,
      Object.fromEntries(Object.entries(settings).filter(([, value]) => typeof value === "string")),
    ]),
  );
}

describe("the aws client's own library", () => {
  const bytes = TEXTS.map((text) => Buffer.from(text, "utf8").toString("latin1").replaceAll("\xef\xbf\xbd", "\xff"));
  const asked = askBotocore(bytes, [], bytes);

  test.each<[AwsFileKind, readonly Loaded[]]>([
    ["config", asked.loaded],
    ["credentials", asked.raw],
  ])("reads every %s file as we say", (file, loaded) => {
    const wrong = TEXTS.filter(
      (text, index) => !isDeepStrictEqual(plain(readAsAws(file, text)), withoutNested(loaded[index])),
    );
    expect(
      wrong.slice(0, 3).map((text) => [text, plain(readAsAws(file, text)), withoutNested(loaded[TEXTS.indexOf(text)])]),
    ).toEqual([]);
    // Neither all refused nor all read: the comparison says something.
    expect(loaded.filter((each) => each === "refused").length).toBeGreaterThan(GENERATED.length / 30);
    expect(loaded.filter((each) => each !== "refused" && Object.keys(each).length > 1).length).toBeGreaterThan(
      GENERATED.length / 30,
    );
  });

  test("splits words as we do", () => {
    const word = fc.string({ unit: fc.constantFrom("a", " ", '"', "'", "\\", "#", "\t", "é"), maxLength: 12 });
    const lines = fc.sample(word, { numRuns: 2_000, seed: 5 }).filter((line) => shellSplit(line) !== undefined);
    expect(askBotocore([], lines).split).toEqual(lines.map(shellSplit));
  });
});

describe("the SDK's own loader", () => {
  test("reads every file as we say", async () => {
    const wrong: unknown[] = [];
    for (const text of TEXTS) {
      const files: AwsFiles = { config: text, credentials: text };
      if (canAskSdk(files) && differsFromSdk(files, await loadAsSdk(files)) !== undefined)
        wrong.push([
          text,
          plain(readAsSdk("config", text)),
          plain(readAsSdk("credentials", text)),
          await loadAsSdk(files),
        ]);
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  test("and a difference would be seen", async () => {
    const files = { config: "[profile a]\nx = 1\n", credentials: "" };
    const loaded = await loadAsSdk(files);
    expect(differsFromSdk(files, loaded)).toBeUndefined();
    const others: readonly LoadedBySdk["config"][] = [
      {},
      { a: { x: "2" } },
      { a: { x: "1", y: "" } },
      { a: { x: "1" }, b: { x: "1" } },
    ];
    for (const config of others) expect(differsFromSdk(files, { ...loaded, config })).toBe("config");
  });
});

test.each(terraform.cases)("Terraform, as measured: $text", ({ text, profile, expect: expected }) => {
  const section = sectionsOfProfile(readAsGo("config", text), profile).at(-1);
  const value = section?.settings.filter(({ name }) => name === "region").at(-1)?.value;
  expect(value ?? null).toBe(expected);
});

test("any text is read without complaint", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const file of ["config", "credentials"] as const) {
        readAsAws(file, text);
        readAsSdk(file, text);
        readAsGo(file, text);
      }
    }),
  );
});
