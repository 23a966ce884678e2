import { teamGroupName } from "../../access/names";
import type { Place } from "../../finding";
import type { Way } from "../../roster/ways";
import type { Cell, ChangeKind, Column, PicturedTier, Picture, Row } from "../picture/picture";
import { day, duration } from "../../words";
import { heldText } from "../held-text";
import { CHANGE_WORDS, SHADE_CLASS } from "./cell";
import { escapeHtml } from "../../text";
import { escapeBreakable } from "./escape";

/**
 * Why each person holds what they hold: a closed `<details>` for each. Following a link to something inside one opens it (HTML
 * standard, "ancestor revealing algorithm"), so the table's links work without script.
 */
export function renderReasons(picture: Picture): string {
  const rows = picture.groups.flatMap(({ rows: own }) => own).sort((a, b) => a.index - b.index);
  return `<section id="reasons" aria-labelledby="reasons-title">
<h2 id="reasons-title">The reason for every cell</h2>
${rows.map((row) => renderPerson(row, picture)).join("\n")}
</section>`;
}

function renderPerson({ person, index, teams, place, cells, change }: Row, { columns }: Picture): string {
  const membership =
    teams.length === 0 ? "In no team" : `In ${teams.length === 1 ? "the team" : "the teams"} ${teams.join(", ")}`;
  const status = change === undefined ? "" : change === "gone" ? "No longer in the roster. " : "New in the roster. ";
  const parts = columns.flatMap((column, position) => {
    const cell = cells[position];
    return cell === undefined || (cell.held.length === 0 && cell.change === undefined)
      ? []
      : [renderAccount(column, cell)];
  });
  const body = parts.length === 0 ? "<p>No access to any account.</p>" : parts.join("");
  return `<details><summary>${escapeBreakable(person)}</summary>
<p class="membership" id="p${index}">${status}${escapeHtml(membership)}, <cite>${placeText(place)}</cite></p>${body}</details>`;
}

function renderAccount(column: Column, { held, change }: Cell): string {
  const was = change?.before ?? [];
  const difference =
    change === undefined ? "" : `<p class="difference">${escapeHtml(differenceText(change.kind, was, held))}</p>`;
  const reasons = held.length > 0 ? held : was;
  const past = held.length === 0;
  const list = reasons.map((each) => `<li>${renderHeld(each, past)}</li>`).join("");
  return `<h3 data-account="${escapeHtml(column.account)}"${column.production ? ' class="production"' : ""}>${escapeHtml(column.account)}</h3>${difference}<ul>${list}</ul>`;
}

function differenceText(kind: ChangeKind, before: readonly PicturedTier[], now: readonly PicturedTier[]): string {
  if (kind === "gained") return "Gained: no access before.";
  return kind === "lost"
    ? `Lost: ${heldText(before)} before.`
    : `${capital(CHANGE_WORDS[kind])}: ${heldText(before)} before, now ${heldText(now)}.`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function renderHeld(held: PicturedTier, past: boolean): string {
  const { mark, until, ways, roleArn, mfaAgeSeconds, sessionSeconds, sessionNames = [] } = held;
  const chip = `<b class="${SHADE_CLASS[mark.shade]}" aria-hidden=true>${escapeHtml(mark.letter)}</b>`;
  const end = until === undefined ? "" : ` until ${escapeHtml(day(until))}`;
  const because = ways.map((way) => renderWay(way, until)).join("; ");
  const verb = past ? "held " : "";
  const names = sessionNames.map((name) => `<code>${escapeBreakable(name)}</code>`).join(", ");
  const called = names === "" ? "" : `, which may also be called ${names}`;
  return `${chip} <strong>${verb}${escapeHtml(mark.tier)}${end}</strong> ${because}. <span class="terms">Role <code>${escapeBreakable(roleArn)}</code> with MFA at most ${duration(mfaAgeSeconds)} old, for sessions of ${duration(sessionSeconds)} at most${called}.</span>`;
}

/** `as a member of developers (IAM group team-developers) roster.yaml:9:17`. */
function renderWay({ team, until, reason, place }: Way, known: string | undefined): string {
  const end = until === undefined || until === known ? "" : ` that ends ${escapeHtml(day(until))}`;
  const why = reason === undefined ? "" : `, <q dir=auto>${escapeHtml(reason)}</q>`;
  const origin =
    team === undefined
      ? `by a grant of their own${end}${why}`
      : `as a member of ${escapeHtml(team)} (IAM group ${escapeHtml(teamGroupName(team))})${end}${why}`;
  return `${origin}, <cite>${placeText(place)}</cite>`;
}

function placeText({ file, line, column }: Place): string {
  return escapeHtml(`${file}:${line}:${column}`);
}
