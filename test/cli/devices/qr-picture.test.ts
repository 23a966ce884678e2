import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { terminalScreen } from "../../../modules/cli/devices/terminal-screen";
import { drawMatrix, qrMatrix } from "../../../modules/client/devices/qr-code";
import { escapeHtml } from "../../../modules/text";
import { launchChromium } from "../../support/chromium";
import { describeWith, findProgram } from "../../support/find-program";

jest.setTimeout(60_000);

const ZBAR = findProgram("zbarimg", "install it (Debian, Ubuntu: apt-get install zbar-tools)");
const URI = `otpauth://totp/AWS%20example:dev.one@example.org@111111111111?secret=${"JBSWY3DPEHPK3PXP".repeat(4)}&issuer=AWS%20example`;
const THEMES = {
  "a dark terminal": ["#000000", "#e5e5e5"],
  "a light terminal": ["#ffffff", "#000000"],
  "an amber terminal": ["#1c1000", "#ffb000"],
  "a solarized light terminal": ["#fdf6e3", "#586e75"],
} as const;
type Theme = keyof typeof THEMES;

let browser: Browser;
let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rolecall-qr-"));
  browser = await launchChromium(process.env);
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the screen writes when it shows a seed; `typed` are answers to its question. */
async function written(codes: boolean, typed: readonly string[] = []): Promise<string> {
  let text = "";
  const answers = [...typed];
  const view = {
    write: (more: string) => {
      text += more;
    },
    ask: async () => answers.shift(),
    rows: 0,
    columns: 0,
    codes,
  };
  const screen = terminalScreen(view, () => URI);
  screen.showSeed({ serial: "x", seed: "x" });
  await screen.ask("code: ");
  return text;
}

/** Upper and lower half of a cell: drawn or not. */
const BLOCKS: Readonly<Record<string, readonly [boolean, boolean]>> = {
  "\u2580": [true, false],
  "\u2584": [false, true],
  "\u2588": [true, true],
};

/** A terminal's text in its two colours as a page; a cell is 8 by 16 pixels. */
function pageOf(text: string, theme: Theme): string {
  let [background, ink]: readonly string[] = THEMES[theme];
  const cells = text.split(/(\u001b\[[0-9;]*m|.|\n)/su).map((part) => {
    if (part === "\u001b[38;5;231m") ink = "#ffffff";
    else if (part === "\u001b[48;5;16m") background = "#000000";
    else if (part === "\u001b[0m") [background, ink] = THEMES[theme];
    else if (part === "\n") return "<br>";
    else if (part !== "") return cell(part, background ?? "", ink ?? "");
    return "";
  });
  const css = `body{background:${THEMES[theme][0]};margin:40px;line-height:0}i{display:inline-block;width:8px;height:16px;vertical-align:top;font:12px/16px monospace;overflow:hidden}`;
  return `<meta charset="utf-8"><style>${css}</style>${cells.join("")}`;
}

function cell(character: string, background: string, ink: string): string {
  const block = BLOCKS[character];
  const [upper, lower] = (block ?? [false, false]).map((drawn) => (drawn ? ink : background));
  const text = block === undefined ? escapeHtml(character) : "";
  return `<i style="color:${ink};background:linear-gradient(${upper} 50%,${lower} 50%)">${text}</i>`;
}

/** What a reader of codes finds in the picture. */
async function readBack(text: string, theme: Theme): Promise<readonly string[]> {
  const page = await browser.newPage({ viewport: { width: 900, height: 1400 } });
  try {
    await page.setContent(pageOf(text, theme));
    const file = join(folder, "screen.png");
    writeFileSync(file, await page.screenshot());
    const { stdout } = spawnSync(ZBAR ?? "", ["-q", "--raw", file], { encoding: "utf8" });
    return stdout.split("\n").filter((line) => line !== "");
  } finally {
    await page.close();
  }
}

describeWith(ZBAR)("a picture of the terminal, read back", () => {
  test.each(Object.keys(THEMES) as readonly Theme[])(
    "on %s the code is read, whatever NO_COLOR says",
    async (theme) => {
      expect(await readBack(await written(true), theme)).toEqual([URI]);
    },
  );

  test("without control codes it is read on a dark terminal, and turned on a light one", async () => {
    const plain = await written(false);
    expect(plain).not.toContain("\u001b");
    expect(plain).toContain("answer: turn");
    expect(await readBack(plain, "a dark terminal")).toEqual([URI]);
    expect(await readBack(await written(false, ["turn"]), "a light terminal")).toEqual([URI]);
  });

  test("the reader sees no code that is the other way round: the test can fail", async () => {
    expect(await readBack(drawMatrix(qrMatrix(URI), false).join("\n"), "a light terminal")).toEqual([]);
  });
});
