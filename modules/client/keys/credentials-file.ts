import { readAsAws } from "../aws-files/as-aws";
import { readAsSdk } from "../aws-files/as-sdk";
import { linesOf, sectionsOfProfile } from "../aws-files/reading";
import { plainValue, readFiles, settleProfile } from "../aws-files/settle";
import { expectSettled } from "../session/own-keys";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { KeyPair } from "./key";

/** A value in the text: where it begins, in characters. */
interface Found {
  readonly value: string;
  readonly start: number;
  readonly line: number;
}

/** Where a profile's pair is. */
interface FoundPair {
  readonly id: Found;
  readonly secret: Found;
}

const TOKEN = "aws_session_token";
const PAIR = ["aws_access_key_id", "aws_secret_access_key", TOKEN];

/**
 * The pair of one profile, as everything here reads the file; its text is latin1, bytes one to one. Throws with the line and the cure
 * when there is none, more than one, or a temporary one.
 */
export function readPair(text: string, profile: string, file: string): KeyPair {
  const { id, secret } = findPair(text, profile, file);
  return { id: id.value, secret: secret.value };
}

/**
 * The text with the profile's pair replaced, every other character kept. Throws when it does not hold `before` now: somebody
 * else has written it.
 */
export function replacePair(text: string, profile: string, file: string, before: KeyPair, next: KeyPair): string {
  const { id, secret } = findPair(text, profile, file);
  if (id.value !== before.id || secret.value !== before.secret)
    throw new Refusal(`profile ${quote(profile)} in ${quote(file)} was changed meanwhile; run this again`);
  const edits = [
    { ...id, text: next.id },
    { ...secret, text: next.secret },
  ].sort((a, b) => b.start - a.start);
  return edits.reduce(
    (edited, { start, value, text: put }) => edited.slice(0, start) + put + edited.slice(start + value.length),
    text,
  );
}

function findPair(bytes: string, profile: string, file: string): FoundPair {
  const text = Buffer.from(bytes, "latin1").toString("utf8");
  const settled = settleProfile(readFiles({ config: "", credentials: text }), profile);
  const places = placesOf(text, profile);
  if (settled === undefined && places.length === 0)
    throw new Refusal(
      `${quote(file)} has no section [${profile}] with keys; name the profile that has them with --source-profile`,
    );
  const one = (name: string): Found => {
    const value = settled?.settings.get(name);
    const [line, more] = places.filter((each) => each.name === name).map((each) => each.line);
    if (more !== undefined)
      throw new Refusal(`${quote(file)}:${more}: profile ${quote(profile)} has a second ${name}; remove one`);
    if (settled !== undefined) expectSettled(settled, profile, PAIR);
    if (value === undefined || value === "" || line === undefined)
      throw new Refusal(
        `${quote(file)}: profile ${quote(profile)} has no ${name}; name the profile that has your keys`,
      );
    return placeOf(bytes, line, value, name, file);
  };
  const token = places.find(({ name }) => name === TOKEN);
  if (token !== undefined)
    throw new Refusal(
      `${quote(file)}:${token.line}: profile ${quote(profile)} holds a session, not a key to rotate; name the profile of your own keys`,
    );
  return { id: one("aws_access_key_id"), secret: one("aws_secret_access_key") };
}

/** Every line by which either client sets one of the pair, whether or not it refuses the file; names in lower case. */
function placesOf(text: string, profile: string): readonly { readonly name: string; readonly line: number }[] {
  const readings = [readAsAws("credentials", text), readAsSdk("credentials", text)];
  const settings = readings.flatMap((reading) =>
    sectionsOfProfile({ ...reading, refusals: [] }, profile).flatMap((each) => each.settings),
  );
  const places = new Map(
    settings.map(({ name, line }) => [`${line} ${name.toLowerCase()}`, { name: name.toLowerCase(), line }]),
  );
  return [...places.values()].filter(({ name }) => PAIR.includes(name)).sort((a, b) => a.line - b.line);
}

/** A value's first character in the bytes; names, values and the characters between them are ASCII. */
function placeOf(bytes: string, line: number, value: string, name: string, file: string): Found {
  let start = 0;
  for (const each of linesOf(bytes, /\r\n|\n|\r/)) {
    const before = /^\s*[A-Za-z_]+\s*[=:]\s*/.exec(each.text)?.[0];
    if (each.line === line && before !== undefined && plainValue(each.text.slice(before.length)) === value)
      return { value, start: start + before.length, line };
    start += each.text.length;
    start += bytes.startsWith("\r\n", start) ? 2 : 1;
  }
  throw new Refusal(
    `${quote(file)}:${line}: ${name} cannot be told apart from the lines around it; write it as ${name} = value`,
  );
}
