/** Strings under `Resource` and `NotResource` of a document, with its wildcards filled in: what a statement may have been written for. */
export function sampleResources(documents: Iterable<unknown>): readonly string[] {
  const found = new Set<string>();
  for (const document of documents) for (const text of resourcesIn(document)) found.add(fill(text));
  found.delete("");
  return [...found];
}

function fill(pattern: string): string {
  const filled = pattern.replace(/\*/g, "sample").replace(/\?/g, "x");
  return filled === "sample" ? "" : filled;
}

function resourcesIn(document: unknown): readonly string[] {
  const statements = listOf(fieldOf(document, "Statement"));
  return statements.flatMap((statement) =>
    ["Resource", "NotResource"]
      .flatMap((part) => listOf(fieldOf(statement, part)))
      .filter((each): each is string => typeof each === "string"),
  );
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
