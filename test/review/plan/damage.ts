import fc from "fast-check";

/** What nobody expects there. */
export const odd = fc.oneof(
  fc.constantFrom(null, true, -1, "", "\u001b[2J\u202e", "${x}", "000000000000", "aws_iam_role", "*"),
  fc.constant(JSON.parse('{"__proto__":{"toString":1},"constructor":null}')),
  fc.array(fc.constantFrom(null, 1, "x", {}), { maxLength: 2 }),
  fc.constant({
    address: "aws_iam_role.x",
    type: "aws_iam_role",
    values: { name: 1 },
    change: { actions: ["create"] },
  }),
);

/** A step into an object or list, as a share of its keys. */
export const share = fc.double({ min: 0, max: 0.999, noNaN: true });

/** Puts a value at the place that the steps lead to, each a share of the keys there. */
export function damage(value: unknown, steps: readonly number[], put: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof value !== "object" || value === null) return put;
  const keys = Object.keys(value);
  const key = keys[Math.floor(step * keys.length)];
  if (key === undefined) return put;
  const inner = damage((value as Record<string, unknown>)[key], rest, put);
  return Array.isArray(value)
    ? value.map((each, at) => (String(at) === key ? inner : each))
    : { ...value, [key]: inner };
}
