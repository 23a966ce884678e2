import { buildPicture } from "../modules/report/picture/build";
import { renderSvg } from "../modules/report/svg";
import type { Context } from "../modules/machine/context";
import { createContext } from "../modules/machine/create-context";
import { pageColours } from "../modules/cli/roster/page-assets";
import { readRoster } from "../modules/cli/roster/read-roster";

/** The README's picture is of this day, so that it does not change when a grant of the example ends. */
const DAY = new Date("2026-11-22T00:00:00Z");

/** Companies that made roster.yaml their own must not find their people in a picture that is published. */
const EXAMPLE = "test/support/example-roster.yaml";

/** The example as SVG, for the README: never the roster of the person who draws it. */
export async function drawExample(context: Context): Promise<string> {
  const roster = await readRoster({ ...context, root: context.home, env: {}, now: DAY }, EXAMPLE);
  if (!roster.ok) throw new Error("the example roster does not hold; rolecall check says why");
  return renderSvg(buildPicture(roster.value, DAY), pageColours(context.home));
}

if (process.argv[1]?.endsWith("picture.ts")) {
  const context = createContext(process);
  drawExample(context).then(context.stdout, (error: unknown) => {
    context.stderr(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  });
}
