import type { Tier } from "../../roster/roster";
import { compareText } from "../../text";

/** How a tier is drawn: a letter or short abbreviation no other tier of the picture has, and a shade. */
export interface TierMark {
  readonly tier: string;
  readonly letter: string;
  readonly shade: Shade;
}

export type Shade = "administrator" | "operator" | "own" | "spectator";

/** Strongest first. What an own tier may do lies inside the operator's boundary; own tiers cannot be compared with each other. */
const SHADES: readonly Shade[] = ["administrator", "operator", "own", "spectator"];
const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ["administrator", "A"],
  ["operator", "O"],
  ["spectator", "S"],
]);

/** The marks of these tiers, strongest first; own tiers by name. Law: no two tiers share a letter. */
export function markTiers(tiers: readonly Pick<Tier, "key">[]): readonly TierMark[] {
  const keys = [...new Set(tiers.map(({ key }) => key))].sort(compareText);
  const used = new Set(BUILT_IN.values());
  const marks = keys.map((tier): TierMark => {
    const builtIn = BUILT_IN.get(tier);
    if (builtIn !== undefined) return { tier, letter: builtIn, shade: shadeOf(tier) };
    const letter = abbreviations(tier).find((candidate) => !used.has(candidate)) ?? tier;
    used.add(letter);
    return { tier, letter, shade: "own" };
  });
  return marks.sort((a, b) => SHADES.indexOf(a.shade) - SHADES.indexOf(b.shade) || compareText(a.tier, b.tier));
}

function shadeOf(tier: string): Shade {
  return SHADES.find((shade) => shade === tier) ?? "own";
}

/** `D`, `De`, `Dp`, ..., `D2`, `D3`, ... for `deployer`. */
function abbreviations(tier: string): readonly string[] {
  const first = (tier[0] ?? "?").toUpperCase();
  const seconds = [...tier.slice(1)].filter((character) => /[a-z]/.test(character));
  const numbers = Array.from({ length: 98 }, (_, index) => String(index + 2));
  return [first, ...seconds.map((second) => first + second), ...numbers.map((number) => first + number)];
}
