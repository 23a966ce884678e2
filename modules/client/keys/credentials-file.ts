import { quote } from "../../text";
import type { KeyPair } from "./key";

/** A value in the text: `[start, end)` in characters. */
interface Found {
  readonly value: string;
  readonly start: number;
  readonly line: number;
}

/** Where a profile's pair stands. */
interface FoundPair {
  readonly id: Found;
  readonly secret: Found;
}

/** The pair of one profile. Throws with the line and the cure when there is none, more than one, or a temporary one. */
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
    throw new Error(`profile ${quote(profile)} in ${quote(file)} was changed meanwhile; run this again`);
  const edits = [
    { ...id, text: next.id },
    { ...secret, text: next.secret },
  ].sort((a, b) => b.start - a.start);
  return edits.reduce(
    (edited, { start, value, text: put }) => edited.slice(0, start) + put + edited.slice(start + value.length),
    text,
  );
}

function findPair(text: string, profile: string, file: string): FoundPair {
  const settings = settingsOf(text, profile);
  if (settings === undefined)
    throw new Error(
      `${quote(file)} has no section [${profile}] with keys; name the profile that has them with --source-profile`,
    );
  const one = (name: string): Found => {
    const [found, ...more] = settings.filter((each) => each.name === name);
    if (found === undefined || found.value === "")
      throw new Error(`${quote(file)}: profile ${quote(profile)} has no ${name}; name the profile that has your keys`);
    if (more.length > 0)
      throw new Error(`${quote(file)}:${more[0]?.line}: profile ${quote(profile)} has a second ${name}; remove one`);
    return found;
  };
  const token = settings.find(({ name }) => name === "aws_session_token");
  if (token !== undefined)
    throw new Error(
      `${quote(file)}:${token.line}: profile ${quote(profile)} holds a session, not a key to rotate; name the profile of your own keys`,
    );
  return { id: one("aws_access_key_id"), secret: one("aws_secret_access_key") };
}

/**
 * The settings of all sections of this name, in order. Section and setting names, comments and indented continuations are read
 * as the aws client reads them. Source: AWS SDKs and Tools Reference Guide, "Format of the config and credentials files".
 */
function settingsOf(text: string, profile: string): readonly (Found & { readonly name: string })[] | undefined {
  const settings: (Found & { name: string })[] = [];
  let inside = false;
  let seen = false;
  let start = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const section = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line);
    const setting = /^([A-Za-z_]\w*)(\s*=\s*)(.*?)\s*$/.exec(line);
    if (section) inside = section[1] === profile;
    seen ||= inside;
    if (inside && setting) {
      const [, name = "", equals = "", rest = ""] = setting;
      // A comment may follow a value after white space; no key holds one.
      const value = /^\S*/.exec(rest)?.[0] ?? "";
      settings.push({ name: name.toLowerCase(), value, start: start + name.length + equals.length, line: index + 1 });
    }
    start += line.length + 1;
  }
  return seen ? settings : undefined;
}
