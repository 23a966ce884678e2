import type { Terms } from "../../access/holdings";
import { quote } from "../../text";
import { countOf, day, duration } from "../../words";
import type { More, SomeActions, TermChange } from "../changes/roster";
import { actionsText, quotedNames } from "./lists";

/** What taking the role requires of the person, and until when. */
export function termsText({ mfaAgeSeconds, sessionSeconds, sessionNames, until }: Terms): string {
  const names = sessionNames === undefined ? "" : `, also called ${quotedNames(sessionNames)}`;
  const end = until === undefined ? "" : `, until ${day(until)}`;
  return `MFA at most ${duration(mfaAgeSeconds)} old, sessions of ${duration(sessionSeconds)}${names}${end}`;
}

export function endText(until: string | undefined): string {
  return until === undefined ? "without an end" : `until ${day(until)}`;
}

/** `MFA may be 12 h old instead of 1 h`. */
export function termText(change: TermChange): string {
  switch (change.term) {
    case "mfa-age":
      return `MFA may be ${duration(change.after)} old instead of ${duration(change.before)}`;
    case "session":
      return `sessions last ${duration(change.after)} instead of ${duration(change.before)}`;
    case "session-names":
      return `sessions may be called ${namesText(change.after)} instead of ${namesText(change.before)}`;
    case "end":
      return `it is held ${endText(change.after)} instead of ${endText(change.before)}`;
  }
}

function namesText(names: readonly string[]): string {
  return ["their person's name", ...names.map(quote)].join(", ");
}

/** `it allows 12 actions: s3:GetObject, ...; whether it allows 3 more actions is unknown: ...`. */
export function moreText({ can, perhaps }: More, than = ""): string {
  const more = can.count > 0 ? " more" : "";
  return [
    ...(can.count === 0 ? [] : [`it allows ${countOf(can.count, "action", "actions")}${than}: ${text(can)}`]),
    ...(perhaps.count === 0
      ? []
      : [
          `whether it allows ${countOf(perhaps.count, `${more} action`.trim(), `${more} actions`.trim())}${than} is unknown: ${text(perhaps)}`,
        ]),
  ].join("; ");
}

function text({ count, first }: SomeActions): string {
  return actionsText(first, count);
}

/** Whether it allows nothing at all, as far as anybody knows. */
export function isNothing({ can, perhaps }: More): boolean {
  return can.count + perhaps.count === 0;
}
