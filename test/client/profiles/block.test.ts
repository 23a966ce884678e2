import fc from "fast-check";
import { changedLines } from "../../../modules/client/profiles/block-diff";
import { putBlock, readMarked, removeBlock } from "../../../modules/client/profiles/block";

const FILE = "/home/ann/.aws/config";
const BEGIN = "# >>> rolecall: generated, do not edit";
const END = "# <<< rolecall";

/** What a config file is made of, and what it is not: any bytes but the ones of a marker. */
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("\n", "\r\n", "\r", "\n\n", " ", "\t", "#", ";") },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      "[default]",
      "[profile ann]",
      '[profile "a b"]',
      "region = eu-central-1",
      "s3 =",
      "  endpoint_url = http://x",
      "# >> rolecall",
      "\xef\xbb\xbf",
      "\xff\xfe",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
  },
);
const config = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
const content = fc
  .array(fc.constantFrom("# made", "", "[profile testing]", "region = x", "role_arn = arn"), { maxLength: 6 })
  .map((lines) => lines.map((line) => `${line}\n`).join(""));
/** Whole lines that somebody adds. */
const lines = fc
  .array(fc.constantFrom("[profile new]", "output = json", "", "# mine"), { maxLength: 4 })
  .map((all) => all.map((line) => `${line}\n`).join(""));

test("any file comes back byte for byte, and all of it is there in between", () => {
  fc.assert(
    fc.property(config, content, (text, made) => {
      const written = putBlock(text, made, FILE);
      expect(written.startsWith(text)).toBe(true);
      expect(removeBlock(written, FILE)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

test("no file comes back as no file", () => {
  fc.assert(
    fc.property(content, (made) => {
      expect(removeBlock(putBlock(undefined, made, FILE), FILE)).toBeUndefined();
      expect(removeBlock(putBlock("", made, FILE), FILE)).toBe("");
    }),
  );
});

test("writing again replaces the block and nothing else, and the last one counts", () => {
  fc.assert(
    fc.property(fc.option(config, { nil: undefined }), content, content, (text, first, second) => {
      const once = putBlock(text, second, FILE);
      expect(putBlock(once, second, FILE)).toBe(once);
      expect(putBlock(putBlock(text, first, FILE), second, FILE)).toBe(once);
    }),
    { numRuns: 1000 },
  );
});

test("what somebody adds before and behind the block stays, whatever is written or undone then", () => {
  fc.assert(
    fc.property(config, content, content, lines, lines, (text, first, second, added, appended) => {
      const { before, block, after } = readMarked(putBlock(text, first, FILE), FILE);
      const edited = `${added}${before}${block?.text}${after}${appended}`;
      const again = readMarked(putBlock(edited, second, FILE), FILE);
      expect([again.before, again.after]).toEqual([`${added}${before}`, `${after}${appended}`]);
      // The line end that came with the block goes with it, unless something now stands behind it.
      expect(removeBlock(putBlock(edited, second, FILE), FILE)).toBe(
        appended === "" ? `${added}${text}` : `${added}${before}${appended}`,
      );
    }),
    { numRuns: 1000 },
  );
});

test("an editor that changes every line end changes no more than that", () => {
  fc.assert(
    fc.property(config, content, (text, made) => {
      const plain = text.replaceAll("\r", "");
      const dos = putBlock(plain, made, FILE).replaceAll("\n", "\r\n");
      expect(removeBlock(dos, FILE)).toBe(plain.replaceAll("\n", "\r\n"));
      expect(removeBlock(putBlock(plain.replaceAll("\n", "\r\n"), made, FILE).replaceAll("\r", ""), FILE)).toBe(plain);
    }),
  );
});

test("the block has the line ends of the file", () => {
  expect(putBlock("[default]\r\n", "[profile a]\n", FILE)).toBe(`[default]\r\n${BEGIN}\r\n[profile a]\r\n${END}\r\n`);
  expect(putBlock("[default]\nx = \r\n", "[profile a]\n", FILE)).toContain("[profile a]\n#");
});

test.each([
  ["no end", `x\n${BEGIN}\n[profile a]\n`, ":2: this line begins a block of rolecall that does not end"],
  ["no begin", `${END}\n`, ":1: this line ends a block of rolecall that does not begin"],
  ["the wrong way round", `${END}\n${BEGIN}\n`, ":1: this line ends a block"],
  ["two blocks", `${BEGIN}\n${END}\n\n${BEGIN}\n${END}\n`, ":4: this line is a marker of a second block"],
  ["nested", `${BEGIN}\n${BEGIN}\n${END}\n${END}\n`, ":2: this line begins a block of rolecall inside another"],
  ["a changed marker", `${BEGIN}!\n${END}\n`, ":1: this line is a damaged marker"],
  ["an indented marker", `${BEGIN}\n  ${END}\n`, ":2: this line is a damaged marker"],
  ["half a marker", `# <<< rolecal\n# >>> Rolecall\n`, ":2: this line is a damaged marker"],
])("%s is refused with its place, for writing and for undoing", (_name, text, message) => {
  expect(() => putBlock(text, "", FILE)).toThrow(`${FILE}${message}`);
  expect(() => removeBlock(text, FILE)).toThrow("delete by hand");
});

test("blanks behind a marker, and an end without its line end, are no damage", () => {
  const text = `a\n${BEGIN}  \r\n[profile a]\n${END}\t`;
  expect(removeBlock(text, FILE)).toBe("a\n");
});

test("a change is shown without what could steer a terminal", () => {
  const shown = changedLines("a\n# \x1b[2Jold\nz", "a\nnew \xc3\xa9\nz");
  expect(shown).toEqual(["- # \\u{1b}[2Jold", "+ new é"]);
  expect(changedLines("a\nb", "a\nb")).toEqual([]);
});
