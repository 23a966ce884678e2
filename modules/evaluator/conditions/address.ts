import { quote } from "../../text";
import { Problem } from "../template";
import { NO, truthOf, UNKNOWN } from "../truth";
import type { ReadValue } from "./value-test";

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** `IpAddress`: one address or a CIDR range, IPv4 or IPv6; an address of the other family is outside. */
export const readAddress: ReadValue = (value) => {
  const slash = value.indexOf("/");
  const base = parseAddress(slash < 0 ? value : value.slice(0, slash));
  const length = base && slash >= 0 ? parsePrefixLength(value.slice(slash + 1), base.bits) : base?.bits;
  if (!base || length === undefined) return new Problem(`${quote(value)} is not an address range`);
  const shift = BigInt(base.bits - length);
  const wanted = base.value >> shift;
  return (text) => {
    const given = parseAddress(text);
    if (!given) return UNKNOWN;
    return given.bits === base.bits ? truthOf(given.value >> shift === wanted) : NO;
  };
};

function parsePrefixLength(text: string, bits: number): number | undefined {
  return /^\d{1,3}$/.test(text) && Number(text) <= bits ? Number(text) : undefined;
}

function parseAddress(text: string): Address | undefined {
  if (!text.includes(":")) {
    const value = parseIpv4(text);
    return value === undefined ? undefined : { bits: 32, value };
  }
  const value = parseIpv6(text);
  return value === undefined ? undefined : { bits: 128, value };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

/** Eight groups of four hexadecimal digits; one `::` stands for groups of zeros; the end may be written as IPv4. */
function parseIpv6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (text.length > 45 || halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const groups = [...head, ...tail].flatMap((group, at, all) => groupsIn(group, at === all.length - 1));
  if (groups.some((group) => !/^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  const missing = 8 - groups.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const whole = [...groups.slice(0, head.length), ...Array<string>(missing).fill("0"), ...groups.slice(head.length)];
  return whole.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

/** An IPv4 end as its two groups. */
function groupsIn(group: string, isLast: boolean): readonly string[] {
  const value = isLast && group.includes(".") ? parseIpv4(group) : undefined;
  return value === undefined ? [group] : [(value >> 16n).toString(16), (value & 0xffffn).toString(16)];
}
