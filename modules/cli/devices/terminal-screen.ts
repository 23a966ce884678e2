import { seedForTyping } from "../../client/devices/otpauth";
import type { NewDevice, Screen } from "../../client/devices/ports";
import { drawMatrix, qrMatrix } from "../../client/devices/qr-code";
import type { AskLine } from "../../machine/prompt";

const SECOND_PAGE = "\u001b[?1049h\u001b[H";
const FIRST_PAGE = "\u001b[?1049l";
/** Lines that talk takes below the code. */
const TALK_LINES = 10;

/** The terminal as an enrolment sees it. */
export interface TerminalView {
  readonly write: (text: string) => void;
  readonly ask: AskLine;
  /** Height and width in characters; 0 when unknown. */
  readonly rows: number;
  readonly columns: number;
  /** Whether it knows control codes at all. */
  readonly codes: boolean;
}

/**
 * Where the terminal is high enough the seed is shown on its second page, which no scrolling brings back; elsewhere the
 * person is told to clear the window.
 */
export function terminalScreen(
  { write, ask, rows, columns, codes }: TerminalView,
  uriOf: (device: NewDevice) => string,
): Screen {
  let shown: { readonly device: NewDevice; readonly secondPage: boolean; readonly turned: string } | undefined;
  const askOrShow = async (question: string): Promise<string | undefined> => {
    const answer = await ask(question);
    const word = answer?.trim().toLowerCase();
    if (shown === undefined || (word !== "seed" && word !== "turn")) return answer;
    write(word === "seed" ? `\n  ${seedForTyping(shown.device.seed)}\n\n` : `\n${shown.turned}\n\n`);
    return askOrShow(question);
  };
  return {
    say: (line) => write(`${line}\n`),
    ask: askOrShow,
    showSeed: (device) => {
      const matrix = qrMatrix(uriOf(device));
      // Black on white is the code itself, no decoration, and stays under NO_COLOR: what a terminal makes of its own two colours may be
      // the other way round, which few apps read.
      const drawn = drawMatrix(matrix, codes);
      const secondPage = codes && rows >= drawn.length + TALK_LINES;
      shown = { device, secondPage, turned: drawMatrix(matrix, codes, !codes).join("\n") };
      if (secondPage) write(SECOND_PAGE);
      // What is wrapped cannot be scanned.
      const fits = columns === 0 || columns >= matrix.length;
      write(fits ? `${drawn.join("\n")}\n\n${scanText(codes)}` : tooNarrowText(device, columns, matrix.length));
    },
    hideSeed: () => {
      if (shown?.secondPage) write(FIRST_PAGE);
      else if (shown) write("Now clear this window: anyone who has what it shows can make your codes.\n");
      shown = undefined;
    },
  };
}

function scanText(codes: boolean): string {
  const turn = codes ? "" : "; if the app does not see it, answer: turn";
  return `Scan this with an authenticator app; to type it in instead, answer the question with: seed${turn}\n`;
}

function tooNarrowText({ seed }: NewDevice, columns: number, needed: number): string {
  return `This window is too narrow for the code (${columns} of ${needed} columns): make it wider and start again, or type this into an authenticator app:\n\n  ${seedForTyping(seed)}\n\n`;
}
