import { showReason } from "./reason.mjs";
import { ofAll, peopleText, readGroups, showRows } from "./rows.mjs";

/* What the page shows of its table, for a state. */

export const FILTERS = ["team", "tier", "account"];

export function byId(id) {
  return document.getElementById(id);
}

/** The page as rendered: its groups, its people by name, its accounts by column (the names' column has the empty one). */
export function readView() {
  const groups = readGroups();
  return {
    groups,
    people: new Map(groups.flatMap((group) => group.rows.map((entry) => [entry.name, { ...entry, group }]))),
    accounts: [...byId("account").options].map(({ value }) => value),
    showAll: false,
  };
}

/** Shows a state; what it names and the page does not have is left out of it. */
export function render(view, state) {
  const { groups, people, accounts, showAll } = view;
  fillControls(state);
  const person = people.get(state.person);
  if (person && person.group.toggled === undefined) person.group.toggled = true;
  const shown = showRows(groups, state, showAll);
  byId("shown").textContent = peopleText(shown, [...people.values()]) + columnsText(state);
  byId("nobody").hidden = shown.length > 0 || people.size === 0;
  byId("reset").hidden = !["q", ...FILTERS].some((field) => state[field] !== "");
  byId("more").hidden = document.querySelector("#matrix .more") === null;
  document.querySelectorAll("thead tr:last-child th").forEach((head, index) => {
    head.classList.toggle("on", index > 0 && accounts[index] === state.account);
  });
  showReason(person, state.cell);
}

function fillControls(state) {
  if (byId("q").value !== state.q) byId("q").value = state.q;
  for (const field of FILTERS) {
    byId(field).value = state[field];
    // A value this page does not have: everything, rather than nothing.
    if (byId(field).selectedIndex < 0) byId(field).value = state[field] = "";
  }
  if (byId("changed")) byId("changed").checked = state.changed;
}

/** `, 3 of 40 accounts` when those without a change are out of sight. */
function columnsText({ changed }) {
  const heads = [...document.querySelectorAll("thead [title]")];
  const gone = heads.filter(({ classList }) => classList.contains("gone")).length;
  const same = changed ? document.querySelectorAll("col.same").length : 0;
  const all = heads.length - gone;
  return same === 0
    ? ""
    : `, ${ofAll(all - same, all, "1 account", "accounts")}${gone === 0 ? "" : ` and ${gone} gone`}`;
}
