import data from "./api-calls.json";

/*
 * Calls of AWS's APIs whose names are not actions. Policies name actions, people name what they call; most often the two are equal.
 * Dated: `api-calls.json`.
 */

type Names = Readonly<Record<string, string>>;

/** Shape of `api-calls.json`; several actions are separated by spaces. */
export interface ApiCallsFile {
  readonly date: string;
  readonly calls: Names;
  readonly dependsOnContent: Names;
  readonly undocumented: Names;
  readonly services: Names;
}

type ApiCall =
  /** Authorized as all of these. */
  | { readonly kind: "actions"; readonly actions: readonly string[] }
  /** As some of these, depending on its parameters. */
  | { readonly kind: "depends"; readonly actions: readonly string[] }
  /** It exists, and nobody has said what it asks for. */
  | { readonly kind: "undocumented"; readonly why: string };

export interface ApiCalls {
  readonly date: string;
  /** What is known of a call, in any case of letters; `undefined` where nothing is. */
  readonly find: (name: string) => ApiCall | undefined;
  /** The name with the prefix that policies know the service by, where clients call it differently: `sfn:` is `states:`. */
  readonly withPolicyPrefix: (name: string) => string;
}

export function apiCallsOf({ date, ...file }: ApiCallsFile): ApiCalls {
  const lower = (names: Names) => new Map(Object.entries(names).map(([name, text]) => [name.toLowerCase(), text]));
  const [calls, depends, undocumented, services] = [
    ...[lower(file.calls), lower(file.dependsOnContent)],
    ...[lower(file.undocumented), lower(file.services)],
  ];
  return {
    date,
    find(name) {
      const key = name.toLowerCase();
      const [all, some, why] = [calls?.get(key), depends?.get(key), undocumented?.get(key)];
      if (all !== undefined) return { kind: "actions", actions: all.split(" ") };
      if (some !== undefined) return { kind: "depends", actions: some.split(" ") };
      return why === undefined ? undefined : { kind: "undocumented", why };
    },
    withPolicyPrefix(name) {
      const colon = name.indexOf(":");
      const prefix = services?.get(name.slice(0, Math.max(0, colon)).toLowerCase());
      return prefix === undefined ? name : `${prefix}${name.slice(colon)}`;
    },
  };
}

export const API_CALLS: ApiCalls = apiCallsOf(data);
