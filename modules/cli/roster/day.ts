/** The first instant of a day in UTC, written as 2026-11-22; `undefined` for what is not a day of the calendar. */
export function dayOf(text: string): Date | undefined {
  const day = new Date(`${text}T00:00:00Z`);
  const real = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  return real ? day : undefined;
}
