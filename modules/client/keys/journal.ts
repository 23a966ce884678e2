import { Refusal } from "../../refusal";
import { quote } from "../../text";

/** What an unfinished rotation must remember, and AWS and the file do not tell: which key is to go. Key ids only, no secret. */
export interface Journal {
  /** Credentials file and profile that are switched. */
  readonly file: string;
  readonly profile: string;
  readonly old: string;
  /** Id of the new one, once AWS answered it. */
  readonly next?: string;
}

export function renderJournal(journal: Journal): string {
  return `${JSON.stringify({ schemaVersion: 1, ...journal }, undefined, 2)}\n`;
}

/** Throws with a cure when Rolecall did not write the text: guessing which key to delete is out of the question. */
export function readJournal(text: string, path: string): Journal {
  const unusable = new Refusal(
    `${quote(path)} is damaged; see which keys you have with rolecall keys list, then remove that file`,
  );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unusable;
  }
  if (!isJournal(value)) throw unusable;
  const { file, profile, old, next } = value;
  return { file, profile, old, ...(next === undefined ? {} : { next }) };
}

function isJournal(value: unknown): value is Journal {
  if (typeof value !== "object" || value === null) return false;
  const { schemaVersion, file, profile, old, next } = value as Record<string, unknown>;
  return (
    schemaVersion === 1 &&
    [file, profile, old].every((text) => typeof text === "string") &&
    (next === undefined || typeof next === "string")
  );
}
