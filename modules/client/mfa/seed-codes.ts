import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { CodesPort } from "../session/ports";
import { decodeBase32, totp, untilNextCode } from "./totp";

export interface SeedPorts {
  /** Unix time in milliseconds. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly say: (line: string) => void;
}

/** Past the border of two codes, for a clock that is a little off. */
const MARGIN_MS = 500;

/** Codes made from the seed of a device. A code that AWS refuses is followed by the next one, once. */
export function seedCodes({ now, wait, say }: SeedPorts, text: string, serial: string): CodesPort {
  const seed = decodeBase32(text);
  if (seed === undefined)
    throw new Refusal(`the keychain's seed of ${quote(serial)} is not valid Base32; store it again`);
  return {
    tries: 2,
    next: async (_serial, again) => {
      if (again !== undefined) {
        const rest = untilNextCode(now()) + MARGIN_MS;
        say(`the code was refused; trying the next one in ${Math.ceil(rest / 1000)} s`);
        await wait(rest);
      }
      return totp(seed, now());
    },
  };
}
