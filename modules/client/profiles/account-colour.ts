import type { PersonRole } from "../person-roles";

const PRODUCTION = "d13212";
/** Far from red, and distinct without it as well: lightness differs. */
const OTHERS = ["1d8102", "0073bb", "8c6bb1", "b8860b", "16879a", "545b64", "2e5cb8", "6b8e23"] as const;

/** Six hexadecimal digits for an account, always the same: red only for production, by its environment, else its name. */
export function accountColour({ account, environment }: Pick<PersonRole, "account" | "environment">): string {
  const words = (environment ?? account).toLowerCase().split(/[^a-z]+/);
  const real = words.some((word) => ["production", "prod", "prd", "live"].includes(word));
  if (real && !words.some((word) => ["non", "no", "not", "pre"].includes(word))) return PRODUCTION;
  return OTHERS[digest(account) % OTHERS.length] ?? OTHERS[0];
}

/** FNV-1a, 32 bits. */
function digest(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
