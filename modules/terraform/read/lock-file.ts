import type { LockedProvider } from "../../iam/stack-setup";
import { type Known, known, unknown } from "../../known";
import { compareText } from "../../text";

/**
 * The providers of a `.terraform.lock.hcl`. Terraform writes it in one form, line by line; anything else is unknown, since
 * Terraform may read it as something else.
 */
export function parseLockFile(text: string): Known<readonly LockedProvider[]> {
  const found: LockedProvider[] = [];
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  let at = 0;
  while (at < lines.length) {
    const end = lines.indexOf("}", at);
    const provider = end < 0 ? undefined : parseProvider(lines.slice(at, end));
    if (provider === undefined) return unknown("the lock file is not in the form that Terraform writes");
    found.push(provider);
    at = end + 1;
  }
  const sources = found.map(({ source }) => source);
  const twice = new Set(sources).size < sources.length;
  return twice ? unknown("the lock file names a provider twice") : known(found);
}

const HEAD = /^provider "([^"\\$%]+)" \{$/;
const SETTING = /^(version|constraints) += "([^"\\$%]*)"$/;
const HASH = /^"((?:h1|zh):[\w+/=]+)",?$/;

function parseProvider([head = "", ...lines]: readonly string[]): LockedProvider | undefined {
  const source = HEAD.exec(head)?.[1];
  const open = lines.indexOf("hashes = [");
  const close = lines.indexOf("]");
  const settings = open < 0 ? lines : [...lines.slice(0, open), ...lines.slice(close + 1)];
  const read = settings.map((line) => SETTING.exec(line));
  const hashes = open < 0 ? [] : lines.slice(open + 1, close).map((line) => HASH.exec(line)?.[1]);
  const values = new Map(read.flatMap((match) => (match ? [[String(match[1]), String(match[2])] as const] : [])));
  const version = values.get("version");
  const whole = read.every((match) => match !== null) && values.size === read.length && open < 0 === close < 0;
  if (source === undefined || version === undefined || !whole || close < open) return undefined;
  if (!hashes.every((hash) => hash !== undefined)) return undefined;
  const constraints = values.get("constraints");
  return {
    ...{ source, version, hashes: [...hashes].sort(compareText) },
    ...(constraints === undefined ? {} : { constraints }),
  };
}
