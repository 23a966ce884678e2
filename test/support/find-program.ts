import { inPath } from "../../modules/sandbox/discover";

/**
 * Path of a program that some tests need. Where there is none they are skipped, and on a pipeline (CI=true) they fail: nobody would see
 * there that they never ran.
 */
export function findProgram(name: string, cure: string): string | undefined {
  const found = inPath(name, process.env);
  if (found === undefined && process.env["CI"] === "true") throw new Error(`these tests need ${name}; ${cure}`);
  return found;
}

/** `describe`, or without the program `describe.skip`. */
export function describeWith(...programs: readonly (string | undefined)[]): jest.Describe | jest.Describe["skip"] {
  return programs.includes(undefined) ? describe.skip : describe;
}
