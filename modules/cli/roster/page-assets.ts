import { join } from "node:path";
import { buildSync } from "esbuild";
import type { PageAssets } from "../../report/html/document";

/** The report's style sheet and script, each bundled into one text. `home`: the folder of Rolecall itself. */
export function pageAssets(home: string): PageAssets {
  const page = join(home, "modules/report/page");
  return { style: bundle(join(page, "all.css")), script: bundle(join(page, "start.mjs")) };
}

/** Only the colours, for pictures that are not a page. */
export function pageColours(home: string): string {
  return bundle(join(home, "modules/report/page/colours.css"));
}

function bundle(entry: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    format: "iife",
    target: "esnext",
    charset: "utf8",
    minifyWhitespace: true,
    write: false,
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}
