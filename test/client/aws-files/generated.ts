import fc from "fast-check";

const NAMES = ["default", "x", "a b", "é", "a.b", "DEFAULT"];
const KEYS = ["aws_access_key_id", "aws_secret_access_key", "region", "s3", "mfa_process", "AWS_ACCESS_KEY_ID"];

const rare = (text: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 16, arbitrary: fc.constant("") }, { weight: 1, arbitrary: text });
const blank = rare(fc.constantFrom(" ", "\t", "  ", "\u00a0", "\u0085", "\u001f", "\ufeff"));
const quote = rare(fc.constantFrom('"', "'", "\\"));
const ending = rare(fc.constantFrom(" # note", " ; note", "; note", "#note", "junk", " x]", "]"));

/** Headers in every form that people and programs write, and some forms that nobody should. */
const header = fc
  .tuple(
    blank,
    rare(blank),
    fc.oneof(
      { weight: 6, arbitrary: fc.constant("profile ") },
      { weight: 4, arbitrary: fc.constant("") },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          "profile",
          "profile\t",
          "profile  ",
          "PROFILE ",
          "profiles ",
          "profile.",
          "sso-session ",
          "services ",
          "plugins ",
        ),
      },
    ),
    quote,
    fc.constantFrom(...NAMES),
    quote,
    fc.oneof({ weight: 30, arbitrary: fc.constant("]") }, { weight: 1, arbitrary: fc.constant("") }),
    ending,
  )
  .map(
    ([indent, inner, kind, open, name, close, end, rest]) =>
      `${indent}[${inner}${kind}${open}${name}${close}${inner}${end}${rest}`,
  );

const setting = fc
  .tuple(
    fc.oneof({ weight: 5, arbitrary: fc.constant("") }, { weight: 2, arbitrary: fc.constantFrom("  ", "\t", " ") }),
    fc.constantFrom(...KEYS),
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom("=", " = ") },
      { weight: 1, arbitrary: fc.constantFrom(": ", "", ":=", " =\t") },
    ),
    fc.constantFrom("1", "2", "", '"q"', "a=b", 'run "a #b"', "é"),
    ending,
  )
  .map((parts) => parts.join(""));

const other = fc.constantFrom(
  "",
  "# note",
  "; [x]",
  "  # note",
  "  more",
  "junk",
  "  a = b",
  "[",
  "[]",
  "=",
  "= 1",
  " ",
  "  [profile x]",
);

const line = fc.oneof(
  { weight: 3, arbitrary: header },
  { weight: 5, arbitrary: setting },
  { weight: 1, arbitrary: other },
);

const file = fc
  .tuple(
    rare(fc.constantFrom("\ufeff")),
    fc.array(line, { maxLength: 7 }),
    fc.constantFrom("\n", "\n", "\n", "\r\n", "\r"),
  )
  .map(([mark, lines, end]) => `${mark}${lines.map((each) => `${each}${end}`).join("")}`);

/** Files of those lines: always the same ones, unless another seed is asked for. */
export function generatedFiles(numRuns: number, seed = 30): readonly string[] {
  return fc.sample(file, { numRuns, seed });
}

export { file as anyFile };
