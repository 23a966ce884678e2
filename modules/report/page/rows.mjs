/* The table as it was rendered: read once, never written but for what is hidden. */

export function readGroups() {
  return [...document.querySelectorAll("#matrix tbody")].map((body) => ({
    body,
    team: body.dataset.team,
    button: addTeamButton(body),
    size: body.querySelector(".size"),
    rows: [...body.rows].slice(1).map(readRow),
    toggled: undefined,
  }));
}

function readRow(row) {
  const link = row.cells[0].querySelector("a");
  return {
    row,
    link,
    name: link.textContent,
    teams: row.dataset.g === "" ? [] : row.dataset.g.split(" ").map(Number),
    gone: row.classList.contains("gone"),
  };
}

/** Without script a team is always open, so the button comes with the script. */
function addTeamButton(body) {
  const name = body.rows[0].cells[0].querySelector("span");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = name.textContent;
  name.replaceWith(button);
  return button;
}

/** A function that says whether a row is wanted. */
function matcher(state, groups) {
  const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
  const names = groups.map(({ team }) => team);
  const team = state.team === "" ? undefined : names.indexOf(state.team === "-" ? "" : state.team);
  const letter = letterOf(state.tier);
  const column = document.getElementById("account").selectedIndex;
  return (entry) => {
    if (state.changed && entry.row.classList.contains("same")) return false;
    if (team !== undefined && !isMember(entry, team, names)) return false;
    if (words.length > 0) {
      const text = [entry.name, ...entry.teams.map((index) => names[index])].join(" ").toLowerCase();
      if (!words.every((word) => text.includes(word))) return false;
    }
    return (letter === undefined && column < 1) || holds(entry.row, column, letter);
  };
}

function isMember({ teams }, team, names) {
  return names[team] === "" ? teams.length === 0 : teams.includes(team);
}

function letterOf(tier) {
  const options = [...document.getElementById("tier").options];
  return options.find((option) => option.value === tier && tier !== "")?.dataset.letter;
}

/** In the account of this column, or in any for 0. */
function holds(row, column, letter) {
  const cells = column < 1 ? [...row.cells].slice(1) : [row.cells[column]];
  return cells.some(({ dataset: { t } }) => t !== undefined && (letter === undefined || t.split(" ").includes(letter)));
}

/** Hides what is not wanted. What fits is shown person by person, else team by team. Returns who is wanted. */
export function showRows(groups, state, showAll) {
  const { openRows, firstRows } = document.getElementById("matrix").dataset;
  const wanted = matcher(state, groups);
  const chosen = groups.map(({ rows }) => rows.filter(wanted));
  const people = chosen.flat();
  const total = people.length;
  const all = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  let shown = 0;
  groups.forEach((group, index) => {
    const own = chosen[index];
    const open = group.toggled ?? total <= Number(openRows);
    const hidden = own.length === 0 && total < all;
    const mine = new Set(own);
    for (const entry of group.rows) entry.row.hidden = !mine.has(entry);
    group.body.hidden = hidden;
    group.body.classList.toggle("shut", !open);
    group.body.classList.toggle("more", total > Number(openRows) && !showAll && !hidden && shown >= Number(firstRows));
    group.button.setAttribute("aria-expanded", String(open));
    group.size.textContent = peopleText(own, group.rows);
    if (!hidden) shown += 1;
  });
  return people;
}

/** `2 of 7 people and 1 who left`: who left is not one of them. */
export function peopleText(some, all) {
  const [now, whole] = [some, all].map((entries) => entries.filter(({ gone }) => !gone).length);
  const left = some.length - now;
  return ofAll(now, whole, "1 person", "people") + (left === 0 ? "" : ` and ${left} who left`);
}

/** `12 of 1,000 people`. */
export function ofAll(some, all, one, several) {
  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  const whole = all === 1 ? one : `${number(all)} ${several}`;
  return some === all ? whole : `${number(some)} of ${whole}`;
}
