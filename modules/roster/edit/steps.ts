import { isList, type Path, type Plain } from "./plain";

/** One change of a file, small enough to be made both in its text and in its meaning. */
export type EditStep =
  /** A key that is not there yet, into the mapping at `path`; `key` stands for the last word of it. */
  | { readonly kind: "put"; readonly path: Path; readonly key: string; readonly value: Plain }
  | { readonly kind: "append"; readonly path: Path; readonly value: Plain }
  /** The key or list item at `path`. */
  | { readonly kind: "drop"; readonly path: Path }
  | { readonly kind: "replace"; readonly path: Path; readonly value: string };

/** The meaning after the step. What the text says afterwards must be equal to it. */
export function stepPlain(root: Plain, step: EditStep): Plain {
  switch (step.kind) {
    case "put":
      return update(root, step.path, (map) => ({ ...(map as Record<string, Plain>), [step.key]: step.value }));
    case "append":
      return update(root, step.path, (list) => [...(list as readonly Plain[]), step.value]);
    case "replace":
      return update(root, step.path, () => step.value);
    case "drop": {
      const last = step.path.at(-1);
      return update(root, step.path.slice(0, -1), (holder) =>
        isList(holder)
          ? holder.filter((_, index) => index !== last)
          : Object.fromEntries(Object.entries(holder).filter(([key]) => key !== last)),
      );
    }
  }
}

function update(value: Plain, path: Path, change: (value: Plain) => Plain): Plain {
  const [first, ...rest] = path;
  if (first === undefined) return change(value);
  if (isList(value)) return value.map((item, index) => (index === first ? update(item, rest, change) : item));
  if (typeof value === "string") throw new Error(`no way into ${path.join("/")}`);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === first ? update(inner, rest, change) : inner]),
  );
}
