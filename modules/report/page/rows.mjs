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
  return { row, link, name: link.textContent, teams: row.dataset.g === "" ? [] : row.dataset.g.split(" ").map(Number) };
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

/** Hides what is not wanted. What fits is shown person by person, else team by team. Returns how many people are wanted. */
export function showRows(groups, state, showAll) {
  const { openRows, firstRows } = document.getElementById("matrix").dataset;
  const wanted = matcher(state, groups);
  const chosen = groups.map(({ rows }) => rows.map(wanted));
  const total = chosen.flat().filter(Boolean).length;
  const all = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  let shown = 0;
  groups.forEach((group, index) => {
    const own = chosen[index].filter(Boolean).length;
    const open = group.toggled ?? total <= Number(openRows);
    const hidden = own === 0 && total < all;
    group.rows.forEach(({ row }, position) => {
      row.hidden = !chosen[index][position];
    });
    group.body.hidden = hidden;
    group.body.classList.toggle("shut", !open);
    group.body.classList.toggle("more", total > Number(openRows) && !showAll && !hidden && shown >= Number(firstRows));
    group.button.setAttribute("aria-expanded", String(open));
    group.size.textContent = sizeText(own, group.rows.length);
    if (!hidden) shown += 1;
  });
  return total;
}

function sizeText(own, all) {
  const people = all === 1 ? "1 person" : `${all} people`;
  return own === all ? people : `${own} of ${people}`;
}
