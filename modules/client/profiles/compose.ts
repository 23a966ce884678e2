import { Refusal } from "../../refusal";
import { quote } from "../../text";
import { quoteWord } from "./quote-word";
import type { StyleRequest } from "./request";
import { renderSections } from "./section";
import type { StyleName } from "./style-names";
import { STYLES } from "./styles";

/** What a person gets in one style. */
export interface Composed {
  readonly text: string;
  /** Names of the sections in it that clients read as profiles; empty for other texts. */
  readonly names: readonly string[];
  readonly notes: readonly string[];
}

/** Throws with the cure when options do not go together. */
export function compose(style: StyleName, request: StyleRequest): Composed {
  const chosen = STYLES[style];
  checkNames(request);
  if (chosen.kind === "text") {
    const { made, notes } = chosen.make(request);
    return { text: made, names: [], notes };
  }
  const { made, notes } = chosen.make(request);
  const names = made.map(({ header }) => header.replace(/^profile /, ""));
  const { sourceProfile } = request;
  if (sourceProfile !== undefined && request.profiles.some(({ name }) => name === sourceProfile))
    throw new Refusal(`${quote(sourceProfile)} is the name of a role's profile; name the profile of your own keys`);
  return { text: renderSections(made), names, notes };
}

/** Characters that every client reads in a profile's name without quotes. Source: @smithy/core, `parseIni`. */
const NAME = /^[A-Za-z0-9_][\w@.+-]{0,63}$/;

function checkNames({ prefix, sourceProfile }: StyleRequest): void {
  const cure = "use letters, digits and _ @ . + -, at most 64";
  if (prefix !== "" && !NAME.test(prefix)) throw new Refusal(`invalid profile prefix ${quote(prefix)}; ${cure}`);
  if (sourceProfile !== undefined && !NAME.test(sourceProfile))
    throw new Refusal(`${quote(sourceProfile)} is not a valid profile name; ${cure}`);
}

/** Whom a block is for. */
export interface Owner {
  readonly person: string;
  readonly organization: string;
}

/** The lines between the markers, before the profiles: whom they are for, and what to type to make them again. */
export function introduction(owner: Owner, options: readonly string[]): string {
  const words = ["rolecall", "profiles", owner.person, ...options, "--write"].map(quoteWord).join(" ");
  return `${ownerLine(owner)}\n# anew: ${words}; away: rolecall profiles --undo\n\n`;
}

/** True for a block that was made for the same person of the same organization; block is latin1 of UTF-8. */
export function isFor(block: string, owner: Owner): boolean {
  return block.split(/\r?\n/).includes(Buffer.from(ownerLine(owner), "utf8").toString("latin1"));
}

function ownerLine({ person, organization }: Owner): string {
  return `# the roles of ${person} in ${organization}`;
}

/** The device that an earlier block of the same owner names, when it names only one. */
export function serialIn(block: string, owner: Owner): string | undefined {
  if (!isFor(block, owner)) return undefined;
  const serials = new Set(block.split(/\r?\n/).flatMap((line) => /^mfa_serial = (\S+)$/.exec(line)?.[1] ?? []));
  return serials.size === 1 ? [...serials][0] : undefined;
}
