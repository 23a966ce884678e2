import { explainCodes } from "../../../modules/client/mfa/explain-codes";
import { totp } from "../../../modules/client/mfa/totp";
import { encodeBase32 } from "../../support/base32";

const bytes = Buffer.from("12345678901234567890");
const SEED = encodeBase32(bytes);
const NOW = 1_790_000_000_000;
/** The code of so many steps from now. */
const code = (steps: number) => totp(bytes, NOW + steps * 30_000);

test.each<[string, string, string, string | undefined]>([
  ["the last two", code(-1), code(0), undefined],
  ["two that passed a moment ago", code(-4), code(-3), undefined],
  ["the wrong way round", code(0), code(-1), "are not consecutive"],
  ["with one between them", code(-2), code(0), "are not consecutive"],
  ["of a phone ten minutes behind", code(-21), code(-20), "about 10 minutes off"],
  ["of a phone five minutes ahead", code(9), code(10), "about 5 minutes off"],
  ["a mistyped first", "000000", code(0), "the first code does not belong to this device"],
  ["a mistyped second", code(-1), "000000", "the second code does not belong"],
  ["of another entry", "000000", "000001", "neither code belongs to this device"],
])("two codes, %s", (_, first, second, why) => {
  const said = explainCodes(SEED, first, second, NOW);
  if (why === undefined) expect(said).toBeUndefined();
  else expect(said).toContain(why);
  expect(said ?? "").not.toContain(SEED);
});

test("a seed that is none explains nothing", () => {
  expect(explainCodes("!", "000000", "000001", NOW)).toBeUndefined();
});
