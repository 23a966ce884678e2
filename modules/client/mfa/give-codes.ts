/** Where codes come from: a person, a command, a seed. */
export interface CodeSource<Codes> {
  /** How often `next` may be asked. */
  readonly tries: number;
  /** `again` says why AWS did not take the last codes. `undefined` when the person stops. */
  readonly next: (again: string | undefined) => Promise<Codes | undefined>;
}

/** What AWS answered to codes; `why` is a sentence for the person. */
export type Answered<Value> =
  | { readonly kind: "taken"; readonly value: Value }
  | { readonly kind: "refused"; readonly why: string };

export type Ended<Value> = Answered<Value> | { readonly kind: "stopped" };

/** The one loop that gives codes to AWS: until it takes them, the person stops, or no try is left. */
export async function giveCodes<Codes, Value>(
  { tries, next }: CodeSource<Codes>,
  give: (codes: Codes) => Promise<Answered<Value>>,
): Promise<Ended<Value>> {
  let again: string | undefined;
  for (let left = tries; left > 0; left--) {
    const codes = await next(again);
    if (codes === undefined) return { kind: "stopped" };
    const answer = await give(codes);
    if (answer.kind === "taken") return answer;
    again = answer.why;
  }
  return { kind: "refused", why: again ?? "no code was given" };
}
