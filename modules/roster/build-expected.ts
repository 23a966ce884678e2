import type { Expected, ExpectedProvider, ExpectedRole } from "../iam/expected";
import { compareText } from "../text";
import type { LocatedValue, LocatedEntry } from "./check-shape";

/** What several `expected` sections say together, later ones over earlier ones; undefined when none is there. */
export function buildExpected(sections: readonly (LocatedValue | undefined)[]): Expected | undefined {
  const given = sections.filter((each) => each !== undefined);
  if (given.length === 0) return undefined;
  return {
    deployRole: sorted(given.flatMap((each) => textsOf(each, "deployRole"))),
    roles: lastOfEach(given.flatMap((each) => entriesOf(each, "roles").map(roleOf))),
    providers: lastOfEach(given.flatMap((each) => entriesOf(each, "providers").map(providerOf))),
  };
}

type Entry = readonly [name: string, entry: LocatedEntry];

function roleOf([name, { value, keyPlace }]: Entry): ExpectedRole {
  const fingerprint = value.map?.get("fingerprint")?.value.text ?? "";
  return { name: name.replace(/^\//, ""), trusts: sorted(textsOf(value, "trusts")), fingerprint, place: keyPlace };
}

function providerOf([name, { value, keyPlace }]: Entry): ExpectedProvider {
  return { name, fingerprint: value.text ?? "", place: keyPlace };
}

function lastOfEach<T extends { readonly name: string }>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((each) => [each.name, each])).values()].sort((a, b) => compareText(a.name, b.name));
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareText);
}

function textsOf(value: LocatedValue, key: string): readonly string[] {
  return (value.map?.get(key)?.value.list ?? []).flatMap(({ text }) => text ?? []);
}

function entriesOf(value: LocatedValue, key: string): readonly Entry[] {
  return [...(value.map?.get(key)?.value.map ?? [])];
}
