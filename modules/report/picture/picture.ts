import type { Way } from "../../roster/ways";
import type { Place } from "../../finding";
import type { TierMark } from "./marks";

/** Who may take which role where at one instant, ready to draw: plain values, every list in the order it is shown. */
export interface Picture {
  readonly organization: string;
  /** Day of that instant in UTC: `2026-11-22`. */
  readonly day: string;
  readonly columns: readonly Column[];
  /** Every tier of the roster, strongest first. */
  readonly marks: readonly TierMark[];
  readonly groups: readonly Group[];
  readonly comparison?: Comparison;
}

/** An account. Production comes last. */
export interface Column {
  readonly account: string;
  readonly id: string;
  readonly environment?: string;
  readonly production: boolean;
  /** One for each mark, in their order. */
  readonly totals: readonly Total[];
  /** In the roster since the base, or no longer. */
  readonly change?: "new" | "gone";
}

/** How many people hold a tier in an account; who holds two tiers counts for both. */
export interface Total {
  readonly mark: TierMark;
  readonly holders: number;
  /** In the base, when it is another number. */
  readonly before?: number;
  /** What the repository's rules allow at most. */
  readonly limit?: number;
}

/** A team and the people shown under it. Law: each person is shown once, so rows add up to totals. */
export interface Group {
  /** Absent for people without any team. */
  readonly team?: string;
  /** In the roster since the base, or no longer. */
  readonly change?: "new" | "gone";
  readonly rows: readonly Row[];
  /** Members who are shown under a smaller team of theirs; who left is none. */
  readonly elsewhere: readonly { readonly person: string; readonly team: string }[];
}

export interface Row {
  readonly person: string;
  /** Counts from 0 over all people by name; the page's links name it. */
  readonly index: number;
  readonly teams: readonly string[];
  readonly place: Place;
  /** One for each column. */
  readonly cells: readonly Cell[];
  /** In the roster since the base, or no longer. */
  readonly change?: "new" | "gone";
}

/** One person in one account. */
export interface Cell {
  /** Strongest first; empty without access. */
  readonly held: readonly PicturedTier[];
  /** With a comparison, and only where something differs. */
  readonly change?: { readonly kind: ChangeKind; readonly before: readonly PicturedTier[] };
}

/** Widening first: from nothing, to more, to what is neither more nor less, to less, to nothing. */
export const CHANGE_KINDS = ["gained", "wider", "other", "narrower", "lost"] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** A tier somebody holds in an account, with every grant that gives it. */
export interface PicturedTier {
  readonly mark: TierMark;
  readonly roleArn: string;
  readonly mfaAgeSeconds: number;
  readonly sessionSeconds: number;
  /** What a session may be called besides the person's name; absent without anything. */
  readonly sessionNames?: readonly string[];
  /** First instant without it, ISO 8601 UTC; absent when one of the ways has no end. */
  readonly until?: string;
  /** At least one. */
  readonly ways: readonly Way[];
}

/** What the picture is compared with. */
export interface Comparison {
  /** Name of the base, for example a git ref. */
  readonly base: string;
  /** Cells. */
  readonly gained: number;
  readonly lost: number;
  /** Cells with access before and now: those that are wider, narrower and neither. */
  readonly changed: number;
  readonly wider: number;
  readonly other: number;
  readonly narrower: number;
  /** People with at least one such cell. */
  readonly people: number;
  /** Sentences about what changes and no cell shows: tiers and accounts. */
  readonly notes: readonly string[];
}
