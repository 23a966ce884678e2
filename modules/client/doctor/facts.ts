import type { Caller } from "../caller";
import type { Device } from "../devices/device";
import type { AccessKey } from "../keys/key";
import type { Diagnosis } from "./diagnosis";

/** What was asked and answered, or why there is no answer. */
export type Asked<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly why: string };

/**
 * Why the owner of the keys is not known: there are none, clients or files leave open which, AWS refuses them, or AWS said nothing of
 * use, which says nothing about the keys.
 */
export type NoCaller = "no-keys" | "unclear-keys" | "refused" | "no-answer";

export type CallerAnswer =
  | { readonly known: true; readonly value: Caller }
  | { readonly known: false; readonly because: NoCaller; readonly why: string };

/** Version, or why there is none: `missing` where none is installed, otherwise one that cannot be used. */
export type TerraformFact =
  | { readonly known: true; readonly value: string }
  | { readonly known: false; readonly missing: boolean; readonly what: string; readonly cure: string };

/** A file as the disk has it; no content. */
export interface FileFact {
  readonly path: string;
  /** Permission bits; absent when there is no such file, or nothing in it. */
  readonly mode?: number;
}

/** A section heading of one of the two files. */
export interface SectionFact {
  readonly file: "config" | "credentials";
  /** As written, white space made single: `default`, `profile ann`. */
  readonly name: string;
  /** From 1. */
  readonly line: number;
  /** Names of its settings, in lower case; no values. */
  readonly settings: readonly string[];
  /** The profile it is, where the name does not say so: one in quotes. */
  readonly profile?: string;
}

/** Everything the checks may know. Names of variables and settings are in it, values only where they are not secret. */
export interface DoctorFacts {
  readonly now: Date;
  /** Of Node.js, without the `v`. */
  readonly node: string;
  readonly terraform: TerraformFact;
  /** First line of `aws --version`, empty when it does not answer; `undefined` when there is no such program. */
  readonly aws: string | undefined;
  /** This machine's clock against AWS's, in seconds; positive is ahead. */
  readonly clockSeconds: Asked<number>;
  /** Variables that are set, with their values where these are not secret. */
  readonly env: Readonly<Record<string, string>>;
  readonly files: readonly FileFact[];
  readonly sections: readonly SectionFact[];
  /** What is wrong with the two files as they are written, or read differently by different clients. */
  readonly fileFaults?: readonly Diagnosis[];
  /** Why one of the two files could not be read, each a sentence. */
  readonly unreadable: readonly string[];
  readonly caller: CallerAnswer;
  readonly devices: Asked<readonly Device[]>;
  readonly keys: Asked<readonly AccessKey[]>;
  /** Days after which a key is old. */
  readonly maxKeyDays: number;
}
