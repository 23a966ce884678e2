import { isRecord } from "../../text";
import data from "./federation.json";
import type { Opening } from "./read-trust";

type Pins = Readonly<Record<string, string>>;

interface Provider {
  readonly needs: string;
  readonly operators?: readonly string[];
  readonly pins: readonly Pins[];
  /** What keeps others who use the same provider out; nothing when nobody else does. */
  readonly owner: readonly Pins[] | undefined;
}

interface Federation {
  readonly kind: "saml" | "oidc";
  /** True when the condition names exactly who may come through the provider. */
  readonly isPinned: boolean;
  /** False where others who use the same provider get in as well: no declaration makes that good. */
  readonly isOurs: boolean;
  /** What the condition must pin. */
  readonly needs: string;
}

/** Whom a statement lets in through a federation provider: one subject, or everybody whom the provider lets sign in. */
export function judgeFederation({ principal, condition }: Opening): Federation {
  if (/(^|:)saml-provider\//.test(principal)) {
    const audience: Pins = { aud: data.saml.audience };
    const isPinned = isMet(audience, "SAML", condition, []);
    return { kind: "saml", isPinned, isOurs: true, needs: data.saml.needs };
  }
  const host = principal.replace(/^.*?oidc-provider\//, "");
  const { needs, operators = [], pins, owner } = providerOf(host);
  const someMet = (all: readonly Pins[]) => all.some((each) => isMet(each, host, condition, operators));
  const isPinned = someMet(pins);
  return { kind: "oidc", isPinned, isOurs: isPinned || owner === undefined || someMet(owner), needs };
}

function providerOf(host: string): Provider {
  const known = (data.providers as readonly KnownProvider[]).find((each) => new RegExp(each.host).test(host));
  if (!known) return { ...(data.any as Pick<Provider, "needs" | "pins">), owner: undefined };
  return { ...known, owner: known.own ? undefined : (known.owner ?? known.pins) };
}

interface KnownProvider extends Omit<Provider, "owner"> {
  readonly host: string;
  readonly owner?: readonly Pins[];
  /** True where each customer has an address of their own. */
  readonly own?: boolean;
}

/** Of several tests of one key all must hold, so one that pins is enough; the values of one test are alternatives. */
function isMet(pins: Pins, host: string, condition: unknown, operators: readonly string[]): boolean {
  return Object.entries(pins).every(([claim, pattern]) =>
    testsOf(condition, `${host}:${claim}`.toLowerCase(), operators).some(
      (values) => values.length > 0 && values.every((value) => new RegExp(pattern).test(value)),
    ),
  );
}

/** Operators that hold only when the key is there and is one of the values. `IfExists` and `ForAllValues` hold without it. */
const POSITIVE = ["stringequals", "stringequalsignorecase", "stringlike"];

function testsOf(condition: unknown, key: string, more: readonly string[]): readonly (readonly string[])[] {
  const allowed = [...POSITIVE, ...more.map((each) => each.toLowerCase())];
  return Object.entries(isRecord(condition) ? condition : {})
    .filter(([operator]) => allowed.includes(operator.toLowerCase()))
    .flatMap(([, keys]) => Object.entries(isRecord(keys) ? keys : {}))
    .filter(([name]) => name.toLowerCase() === key)
    .map(([, value]) => [value].flat().map(String));
}
