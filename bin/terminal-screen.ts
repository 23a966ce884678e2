import { seedForTyping } from "../modules/client/devices/otpauth";
import type { NewDevice, Screen } from "../modules/client/devices/ports";
import { drawMatrix, qrMatrix } from "../modules/client/devices/qr-code";
import type { AskLine } from "./ask-line";

const SECOND_PAGE = "\u001b[?1049h\u001b[H";
const FIRST_PAGE = "\u001b[?1049l";
/** Lines that talk takes below the code. */
const TALK_LINES = 10;

/** The terminal as an enrolment sees it. */
export interface TerminalView {
  readonly write: (text: string) => void;
  readonly ask: AskLine;
  /** Height in lines; 0 when unknown. */
  readonly rows: number;
  readonly colours: boolean;
}

/**
 * Where the terminal is high enough the seed is shown on its second page, which no scrolling brings back; elsewhere the
 * person is told to clear the window.
 */
export function terminalScreen(
  { write, ask, rows, colours }: TerminalView,
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
      const code = drawMatrix(qrMatrix(uriOf(device)), colours);
      const secondPage = rows >= code.length + TALK_LINES;
      shown = { device, secondPage };
      write(`${secondPage ? SECOND_PAGE : ""}${code.join("\n")}\n\n`);
      write("Scan this with an authenticator app; to type it in instead, answer the question with: seed\n");
    },
    hideSeed: () => {
      if (shown?.secondPage) write(FIRST_PAGE);
      else if (shown) write("Now clear this window: what is above is as good as your phone.\n");
      shown = undefined;
    },
  };
}
