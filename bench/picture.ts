import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findChromium, quietFlags } from "../test/support/find-chromium";
import { generateRoster } from "./generate-roster";
import { type Bench, BenchError, inTurn, median, run, runNode } from "./measure";

/** `rolecall report` on 1,000 people x 40 accounts, and its page in a browser. */
export interface PictureResult {
  /** The whole command. */
  readonly writeMs: number;
  readonly megabytes: number;
  /** From the address to a painted page. */
  readonly openMs: number;
  /** From a name in the search to its painted row. */
  readonly searchMs: number;
}

const ROUNDS = 5;
export const PICTURE_AIM_MS = 2_000;

/** `undefined` without a browser. */
export async function measurePicture(bench: Bench): Promise<PictureResult | undefined> {
  let browser: string;
  try {
    browser = findChromium(bench.env);
  } catch (error) {
    bench.log(`the report is not measured: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
  bench.log("rolecall report on 1000 people x 40 accounts, and its page in Chromium");
  const roster = join(bench.scratch, "report-1000x40.yaml");
  const page = join(bench.scratch, "report-1000x40.html");
  writeFileSync(roster, generateRoster({ people: 1000, accounts: 41 }));
  const write = () =>
    runNode(bench, [join(bench.home, "bin/rolecall.js"), "report", "--roster", roster, "--out", page]);
  const [writes = []] = await inTurn(ROUNDS, [write]);
  const opened: { readonly openMs: number; readonly searchMs: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const script = [join(bench.home, "bench/open-page.js"), pathToFileURL(page).href, "person.0421", browser];
    const ran = await run(process.execPath, [...script, ...quietFlags()], { cwd: bench.home, env: bench.env });
    if (ran.code !== 0) throw new BenchError(`the page cannot be opened:\n${ran.stderr}`);
    opened.push(JSON.parse(ran.stdout));
  }
  return {
    writeMs: median(writes.map(({ ms }) => ms)),
    megabytes: statSync(page).size / 1_000_000,
    openMs: median(opened.map(({ openMs }) => openMs)),
    searchMs: median(opened.map(({ searchMs }) => searchMs)),
  };
}
