import fc from "fast-check";
import { readPair, replacePair } from "../../../modules/client/keys/credentials-file";
import { readJournal, renderJournal } from "../../../modules/client/keys/journal";

const OLD = { id: "AKIAOLDOLDOLDOLDOLD1", secret: "old/secret+with=signs" };
const NEW = { id: "AKIANEWNEWNEWNEWNEW2", secret: "new/secret+that=islonger" };
const FILE = "/home/ann/.aws/credentials";

const pair = (id = OLD.id, secret = OLD.secret) => `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;

/** Lines of other people's making which must survive. */
const line = fc.oneof(
  fc.constantFrom(
    "",
    "# comment [work]",
    "; [work]",
    "region=eu-central-1",
    "s3 =",
    "  endpoint_url = http://x",
    "\t",
    "[broken",
  ),
  fc.stringMatching(/^[ -~]{0,30}$/).filter((text) => !/^\s*\[|^aws_/i.test(text)),
);
const textOf = (all: readonly string[]) => all.map((each) => `${each}\n`).join("");
const lines = fc.array(line, { maxLength: 6 }).map(textOf);
/** Above keys nothing may be doubtful: what is neither a section nor a setting may have been meant to begin another profile. */
const own = fc
  .array(
    line.filter((each) => /^\s*([#;].*|[\w.-]+\s*[=:].*)?$|^\s/.test(each)),
    { maxLength: 6 },
  )
  .map(textOf);
const end = fc.constantFrom("\n", "\r\n");

test("a switch changes the two values and no other character, and back again", () => {
  fc.assert(
    fc.property(lines, own, own, own, end, fc.constantFrom("=", " = ", "  =\t"), (a, b, c, d, newline, equals) => {
      const text =
        `${a}[other]\n${pair("AKIAOTHER", "other")}[work]\n${b}aws_secret_access_key${equals}${OLD.secret}\n${c}AWS_ACCESS_KEY_ID${equals}${OLD.id}   # mine\n[last]\n${d}${pair("AKIALAST", OLD.secret)}`.replaceAll(
          "\n",
          newline,
        );
      const switched = replacePair(text, "work", FILE, OLD, NEW);
      expect(readPair(switched, "work", FILE)).toEqual(NEW);
      expect(readPair(switched, "last", FILE)).toEqual({ id: "AKIALAST", secret: OLD.secret });
      expect(replacePair(switched, "work", FILE, NEW, OLD)).toBe(text);
      expect(switched.length - text.length).toBe(NEW.id.length + NEW.secret.length - OLD.id.length - OLD.secret.length);
    }),
  );
});

test.each([
  ["no such section", "[default]\n", "has no section [work] with keys"],
  ["no keys in it", "[work]\nregion = x\n", "has no aws_access_key_id"],
  ["half a pair", "[work]\naws_access_key_id = A\n", "has no aws_secret_access_key"],
  ["an empty value", "[work]\naws_access_key_id =\naws_secret_access_key = x\n", "has no aws_access_key_id"],
  ["two ids", `[work]\n${pair()}aws_access_key_id = B\n`, ':4: profile "work" has a second aws_access_key_id'],
  ["two sections", `[work]\n${pair()}[x]\n[work]\n${pair()}`, ':6: profile "work" has a second aws_access_key_id'],
  ["a session", `[work]\n${pair()}aws_session_token = t\n`, ':4: profile "work" holds a session, not a key'],
  ["an empty file", "", "has no section [work]"],
  [
    "a broken header above the keys",
    `[work]\nx = 1\n[last\n${pair()}`,
    "credentials:3 looks like the beginning of a section",
  ],
  [
    "a header without brackets above the keys",
    `[work]\nlast\n${pair()}`,
    "credentials:2 is neither a section nor a setting",
  ],
  [
    "an indented header, a line of the value above to the aws client",
    `[other]\nx = y\n  [work]\n${pair()}`,
    "belongs to the aws client to [other]",
  ],
  ["another profile's keys to the SDK", `[work]\nx = 1\n[last]; mine\n${pair()}`, "clients do not agree on aws_"],
])("%s is said with its place", (_, text, message) => {
  expect(() => readPair(text, "work", FILE)).toThrow(message);
});

test.each([
  ["indented", `[work]\n  aws_access_key_id = ${OLD.id}\n\taws_secret_access_key\t=\t${OLD.secret}\n`],
  ["with colons", `[work]\naws_access_key_id: ${OLD.id}\naws_secret_access_key :${OLD.secret}\n`],
  ["below an indented header", `[other]\n  [work]\n${pair()}`],
  ["below a byte order mark", `\xef\xbb\xbf[work]\n${pair()}`],
  ["in a file that is not UTF-8", `[work]\n# \xe9\n${pair()}region = \xe9\n`],
  ["with carriage returns alone", `[work]\n${pair()}`.replaceAll("\n", "\r")],
])("keys %s are found and replaced", (_, text) => {
  const switched = replacePair(text, "work", FILE, OLD, NEW);
  expect(switched).toBe(text.replace(OLD.id, NEW.id).replace(OLD.secret, NEW.secret));
  expect(readPair(switched, "work", FILE)).toEqual(NEW);
});

test("what somebody else has written meanwhile is not overwritten", () => {
  expect(() => replacePair(`[work]\n${pair("AKIATHEIRS")}`, "work", FILE, OLD, NEW)).toThrow("was changed meanwhile");
});

test("a journal survives the disk, and a damaged one is never guessed at", () => {
  const journal = { file: FILE, profile: "work", old: OLD.id, next: NEW.id };
  expect(readJournal(renderJournal(journal), "j")).toEqual(journal);
  for (const text of [
    "",
    "{",
    "[]",
    "null",
    "{}",
    renderJournal(journal).replace("1", "2"),
    '{"schemaVersion":1,"file":1}',
  ])
    expect(() => readJournal(text, "/state/j.json")).toThrow('"/state/j.json" is damaged');
});
