/** IAM answers documents percent-encoded; one that cannot be read stays text and equals nothing. */
export function decodeDocument(document: string | undefined): unknown {
  try {
    return JSON.parse(decodeURIComponent(document ?? ""));
  } catch {
    return document;
  }
}
