import { seedForTyping } from "../../client/devices/otpauth";
import type { NewDevice, Screen } from "../../client/devices/ports";
import { drawMatrix, qrMatrix } from "../../client/devices/qr-code";
import type { AskLine } from "../../machine/ask-line";

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
  readonly colours: boolean;
}

/**
 * Where the terminal is high enough the seed is shown on its second page, which no scrolling brings back; elsewhere the
 * person is told to clear the window.
 */
export function terminalScreen(
  { write, ask, rows, columns, codes, colours }: TerminalView,
  uriOf: (device: NewDevice) => string,
): Screen {
  let shown: { readonly device: NewDevice; readonly secondPage: boolean } | undefined;
  const askOrShow = async (question: string): Promise<string | undefined> => {
    const answer = await ask(question);
    if (shown === undefined || answer?.trim().toLowerCase() !== "seed") return answer;
    write(`\n  ${seedForTyping(shown.device.seed)}\n\n`);
    return askOrShow(question);
  };
  return {
    say: (line) => write(`${line}\n`),
    ask: askOrShow,
    showSeed: (device) => {
      const matrix = qrMatrix(uriOf(device));
      const drawn = drawMatrix(matrix, codes && colours);
      // What is wrapped cannot be scanned.
      const fits = columns === 0 || columns >= matrix.length;
      const secondPage = codes && rows >= drawn.length + TALK_LINES;
      shown = { device, secondPage };
      if (secondPage) write(SECOND_PAGE);
      if (fits)
        write(
          `${drawn.join("\n")}\n\nScan this with an authenticator app; to type it in instead, answer the question with: seed\n`,
        );
      else
        write(
          `This window is too narrow for the code (${columns} of ${matrix.length} columns): make it wider and start again, or type this into an authenticator app:\n\n  ${seedForTyping(device.seed)}\n\n`,
        );
    },
    hideSeed: () => {
      if (shown?.secondPage) write(FIRST_PAGE);
      else if (shown) write("Now clear this window: what is above is as good as your phone.\n");
      shown = undefined;
    },
  };
}
