import { encode } from "uqr";

/** Light modules around the code that readers need; the standard asks for 4, apps read 2, and a terminal has few lines. */
const BORDER = 2;

/** True is a dark module; square. */
export type Matrix = readonly (readonly boolean[])[];

export function qrMatrix(text: string): Matrix {
  return encode(text, { ecc: "L", border: BORDER }).data;
}

/**
 * Two rows of modules in one line of text, half blocks. With colours dark is black on white in any terminal. Without, nobody knows
 * which of the terminal's own two colours is the darker: light modules are drawn, which is right on a dark background, or `turned` the
 * dark ones, right on a light one. A code that is the other way round many apps do not read.
 */
export function drawMatrix(matrix: Matrix, colours: boolean, turned = false): readonly string[] {
  const lines: string[] = [];
  for (let row = 0; row < matrix.length; row += 2) {
    const upper = matrix[row] ?? [];
    // Below an odd height the border goes on.
    const lower = matrix[row + 1] ?? upper.map(() => false);
    const cells = upper.map((dark, column) => cell(dark === turned, lower[column] === turned));
    lines.push(colours ? `${WHITE_ON_BLACK}${cells.join("")}${RESET}` : cells.join(""));
  }
  return lines;
}

/** Colours 231 and 16 of 256 are pure white and black whatever the theme. */
const WHITE_ON_BLACK = "\u001b[38;5;231m\u001b[48;5;16m";
const RESET = "\u001b[0m";

function cell(upper: boolean, lower: boolean): string {
  if (upper) return lower ? "\u2588" : "\u2580";
  return lower ? "\u2584" : " ";
}
