import { encode } from "uqr";

/** Light modules around the code that readers need; the standard asks for 4, apps read 2, and a terminal has few lines. */
const BORDER = 2;

/** True is a dark module; square. */
export type Matrix = readonly (readonly boolean[])[];

export function qrMatrix(text: string): Matrix {
  return encode(text, { ecc: "L", border: BORDER }).data;
}

/**
 * Two rows of modules in one line of text, half blocks. With colours dark is black on white in any terminal; without, light
 * modules are drawn, which suits a dark background, and apps read the other way round mostly as well.
 */
export function drawMatrix(matrix: Matrix, colours: boolean): readonly string[] {
  const lines: string[] = [];
  for (let row = 0; row < matrix.length; row += 2) {
    const upper = matrix[row] ?? [];
    const lower = matrix[row + 1] ?? [];
    const cells = upper.map((dark, column) => cell(!dark, !(lower[column] ?? false)));
    lines.push(colours ? `${WHITE_ON_BLACK}${cells.join("")}${RESET}` : cells.join(""));
  }
  return lines;
}

/** Colours 231 and 16 of 256 are pure white and black whatever the theme. */
const WHITE_ON_BLACK = "\u001b[38;5;231m\u001b[48;5;16m";
const RESET = "\u001b[0m";

function cell(upperLight: boolean, lowerLight: boolean): string {
  if (upperLight) return lowerLight ? "\u2588" : "\u2580";
  return lowerLight ? "\u2584" : " ";
}
