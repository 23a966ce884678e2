/** Why two texts cannot be two codes that follow each other, or `undefined`. */
export function codeProblem(code: string): string | undefined {
  return /^[0-9]{6}$/.test(code) ? undefined : "a code is six digits; type what the app shows, without spaces";
}

/** Spaces inside, as some apps show them. */
export function readCode(typed: string): string {
  return typed.replace(/\s/g, "");
}
