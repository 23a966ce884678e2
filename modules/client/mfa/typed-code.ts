/** Asks for one line; `undefined` when the person stops. `why` comes first: what was wrong with the last answer. */
export type AskCode = (question: string, why: string | undefined) => Promise<string | undefined>;

/** Asks until six digits are typed that are not the code before; `undefined` when the person stops. */
export async function typedCode(
  ask: AskCode,
  question: string,
  { before, why }: { readonly before?: string; readonly why?: string | undefined } = {},
): Promise<string | undefined> {
  let problem = why;
  for (;;) {
    const typed = await ask(question, problem);
    if (typed === undefined) return undefined;
    const code = readCode(typed);
    problem = codeProblem(code) ?? (code === before ? SAME : undefined);
    if (problem === undefined) return code;
  }
}

const SAME = "that is the first code again; wait until the app shows the next one, which comes within 30 seconds";

/** Why a text is not a code, or `undefined`. */
export function codeProblem(code: string): string | undefined {
  return /^[0-9]{6}$/.test(code) ? undefined : "a code is six digits; type what the app shows, without spaces";
}

/** Without the spaces that some apps show inside. */
export function readCode(typed: string): string {
  return typed.replace(/\s/g, "");
}
