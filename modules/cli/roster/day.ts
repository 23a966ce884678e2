import { Refusal } from "../../refusal";
import { quote } from "../../text";

/** The first instant of a day in UTC, written as 2026-11-22. Throws a `Refusal` for what is not a day of the calendar. */
export function expectDay(text: string): Date {
  const day = new Date(`${text}T00:00:00Z`);
  const real = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  if (real) return day;
  throw new Refusal(`invalid day ${quote(text)}; write it as 2026-11-22`);
}
