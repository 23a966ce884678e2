/** Up and down through teams and people in sight; left and right shut and open a team. */
export function moveByArrow(event, groups) {
  const team = groups.find(({ button }) => button === event.target);
  const opens = event.key === "ArrowRight" ? true : event.key === "ArrowLeft" ? false : undefined;
  if (team && opens !== undefined && opens === team.body.classList.contains("shut")) team.button.click();
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const stops = groups
    .filter(({ body }) => !body.hidden && !body.classList.contains("more"))
    .flatMap(({ body, button, rows }) => [
      button,
      ...(body.classList.contains("shut") ? [] : rows.filter(({ row }) => !row.hidden).map(({ link }) => link)),
    ]);
  const next = stops[stops.indexOf(event.target) + step];
  if (!stops.includes(event.target) || !next) return;
  event.preventDefault();
  next.focus();
}
