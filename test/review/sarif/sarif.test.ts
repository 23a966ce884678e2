import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { AccessChange } from "../../../modules/review/access-change";
import { reviewOf } from "../../../modules/review/review";
import { SARIF_MARK, sarifReview } from "../../../modules/review/sarif";
import { informationUri, RESERVED_ADDRESS } from "../../../modules/review/sarif-rules";
import { run } from "../../support/run-command";
import samples from "./samples.json";

interface Rule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
}
interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly informationUri: string; readonly rules: readonly Rule[] } };
      readonly results: readonly Record<string, unknown>[];
    },
  ];
}
interface Sample {
  readonly changes: readonly AccessChange[];
  readonly findings?: readonly string[];
}

const place = { file: "review.yaml", line: 1, column: 1 };
function sarifOf({ changes, findings = [] }: Sample): Log {
  const broken = findings.map((code) => ({ code, severity: "error", place, message: `what breaks ${code}` }) as const);
  return sarifReview(reviewOf(changes, { findings: broken }), { version: "1.0.0" }) as Log;
}
const LOGS = Object.entries(samples.reviews).map(([name, sample]) => [name, sarifOf(sample as Sample)] as const);

test.each(LOGS)("%s: every rule has a name, both descriptions and help as text and Markdown", (_name, log) => {
  const { informationUri: address, rules } = log.runs[0].tool.driver;
  expect(address).toBe(RESERVED_ADDRESS);
  for (const { name, shortDescription, fullDescription, help } of rules) {
    expect(name).toMatch(/^[A-Z][A-Za-z]+$/);
    for (const { text } of [shortDescription, fullDescription, help]) expect(text).toMatch(/^[A-Z].*\.$/);
    expect(help.markdown).toContain("**What to do:** ");
  }
  expect(JSON.stringify(log).slice(0, 300)).toContain(SARIF_MARK);
});

test("names and ids of rules are unique, and each rule of the review's own has words of its own", () => {
  const rules = LOGS.flatMap(([, log]) => log.runs[0].tool.driver.rules);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  expect(new Set([...byId.values()].map(({ name }) => name)).size).toBe(byId.size);
  const generic = [...byId.values()].filter(({ shortDescription }) =>
    shortDescription.text.startsWith("A rule is broken"),
  );
  expect(generic.map(({ id }) => id).sort()).toEqual(["unknown-tier", "unreadable-rules", "yaml-syntax"]);
});

test.each(samples.addresses)(
  "the address of $server and $repository",
  ({ server, repository, is = RESERVED_ADDRESS }) => {
    expect(informationUri(server, repository)).toBe(is);
  },
);

/*
 * Microsoft's own validator with GitHub's rules. Its exit code is 0 whatever it finds, and a log it cannot read ends it without a word:
 * only its report says something, and only of logs of which it notes something.
 */
const TOOL = require("@microsoft/sarif-multitool") as string;
const RUNS_HERE = process.platform !== "linux" || process.arch === "x64";
const FOLDER = mkdtempSync(join(tmpdir(), "rolecall-sarif-"));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

/** What every log gets that was read: GitHub's own upload adds the provenance, and the review does not know it. */
const WITNESS = "note SARIF2003";

/** What the validator finds in each log, as `level rule`. Throws when it has not looked at all of them. */
async function validate(logs: readonly unknown[]): Promise<readonly (readonly string[])[]> {
  // The package's install script would have done this; npm ran none.
  chmodSync(TOOL, 0o755);
  const files = logs.map((log, index) => {
    const file = join(FOLDER, `log-${index}.sarif`);
    writeFileSync(file, JSON.stringify(log));
    return file;
  });
  const report = join(FOLDER, "report.json");
  rmSync(report, { force: true });
  // A closed port as proxy: the validator would look on the network whether the schema's address exists.
  const proxies = Object.fromEntries(
    ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].map((name) => [name, "http://127.0.0.1:9"]),
  );
  const env = {
    PATH: process.env["PATH"],
    HOME: FOLDER,
    DOTNET_BUNDLE_EXTRACT_BASE_DIR: FOLDER,
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1",
    ...proxies,
  };
  const ran = await run(
    TOOL,
    ["validate", ...files, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note", "-o", report],
    { cwd: FOLDER, env },
  );
  expect(ran.stdout).toContain(`${files.length} files scanned`);
  const { invocations, results = [] } = JSON.parse(readFileSync(report, "utf8")).runs[0];
  expect(invocations).toMatchObject([{ executionSuccessful: true }]);
  return files.map((file) => {
    const own = results.filter(({ locations: [at] }: Found) =>
      at.physicalLocation.artifactLocation.uri.endsWith(`/${basename(file)}`),
    );
    const found: readonly string[] = own.map(({ level = "warning", ruleId }: Found) => `${level} ${ruleId}`);
    if (!found.includes(WITNESS)) throw new Error(`${basename(file)} was not read`);
    return found.filter((each) => !each.startsWith("note "));
  });
}
interface Found {
  readonly ruleId: string;
  readonly level?: string;
  readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }];
}

interface Fault {
  readonly rule?: object;
  readonly result?: object;
  readonly region?: object;
  readonly uri?: string;
}

/** The sample of more and less access with one thing wrong. */
function planted({ rule = {}, result = {}, uri, region = {} }: Fault): unknown {
  const log = JSON.parse(JSON.stringify(sarifOf(samples.reviews["more, less, and what cannot be judged"] as Sample)));
  const [{ tool, results }] = log.runs;
  change(tool.driver.rules[0], rule);
  const { physicalLocation } = results[0].locations[0];
  change(physicalLocation.region, region);
  if (uri !== undefined) physicalLocation.artifactLocation.uri = uri;
  change(results[0], result);
  return log;
}
function change(target: Record<string, unknown>, to: object): void {
  for (const [key, value] of Object.entries(to)) {
    if (value === null) delete target[key];
    else target[key] = value;
  }
}

const here = RUNS_HERE ? test : test.skip;

here(
  "GitHub's rules find no error and nothing to warn of in reviews, and find each planted fault",
  async () => {
    const logs = LOGS.map(([, log]) => log);
    const found = await validate([...logs, ...samples.faults.map(planted)]);
    expect(found.slice(0, logs.length)).toEqual(logs.map(() => []));
    const missed = samples.faults.flatMap(({ fault, found: rule }, index) =>
      found[logs.length + index]?.includes(`error ${rule}`) ? [] : [[fault, found[logs.length + index]]],
    );
    expect(missed).toEqual([]);
  },
  120_000,
);

here(
  "a log that the validator passes over in silence does not count as clean",
  async () => {
    const log = JSON.parse(JSON.stringify(sarifOf(samples.reviews["every rule of review.yaml"] as Sample)));
    log.runs[0].results[0].level = "fatal";
    await expect(validate([log])).rejects.toThrow("log-0.sarif was not read");
  },
  120_000,
);
