import { moveByArrow } from "./arrows.mjs";
import { showReason } from "./reason.mjs";
import { readGroups, showRows } from "./rows.mjs";
import { readState, writeState } from "./state.mjs";

/* Ties the controls, the table and the address together. */

function start() {
  const byId = (id) => document.getElementById(id);
  const groups = readGroups();
  const accounts = [...byId("account").options].map(({ value }) => value);
  const people = new Map(groups.flatMap((group) => group.rows.map((entry) => [entry.name, { ...entry, group }])));
  let state = readState();
  let showAll = false;

  function render() {
    byId("q").value = state.q;
    for (const field of ["team", "tier", "account"]) {
      byId(field).value = state[field];
      // A value this page does not have: everything, rather than nothing.
      if (byId(field).selectedIndex < 0) byId(field).value = state[field] = "";
    }
    if (byId("changed")) byId("changed").checked = state.changed;
    const person = people.get(state.person);
    if (person && person.group.toggled === undefined) person.group.toggled = true;
    const total = showRows(groups, state, showAll);
    byId("shown").textContent = shownText(total, people.size) + columnsText(state);
    byId("nobody").hidden = total > 0 || people.size === 0;
    byId("reset").hidden = !["q", "team", "tier", "account"].some((field) => state[field] !== "");
    byId("more").hidden = document.querySelector("#matrix .more") === null;
    document.querySelectorAll("thead tr:last-child th").forEach((head, index) => {
      head.classList.toggle("on", index > 0 && accounts[index] === state.account);
    });
    showReason(person, state.cell);
  }

  function change(patch, step = true) {
    const filtered = Object.keys(patch).some((field) => field !== "person" && field !== "cell");
    if (filtered) for (const group of groups) group.toggled = undefined;
    state = { ...state, ...patch };
    render();
    writeState(state, step);
  }

  function openPerson(name, cell) {
    change({ person: name, cell });
    byId("reason").focus();
  }

  function closePerson() {
    const link = people.get(state.person)?.link;
    change({ person: "", cell: "" });
    link?.focus();
  }

  byId("q").addEventListener("input", ({ target }) => change({ q: target.value }, false));
  for (const field of ["team", "tier", "account"])
    byId(field).addEventListener("change", ({ target }) => change({ [field]: target.value }));
  byId("changed")?.addEventListener("change", ({ target }) => change({ changed: target.checked }));
  byId("reset").addEventListener("click", () => {
    change({ q: "", team: "", tier: "", account: "" });
    byId("q").focus();
  });
  byId("close").addEventListener("click", closePerson);
  byId("more").addEventListener("click", () => {
    const next = document.querySelector("#matrix .more button");
    showAll = true;
    render();
    next?.focus();
  });
  byId("matrix").addEventListener("click", (event) => {
    const group = groups.find(({ button }) => button === event.target);
    if (group) {
      group.toggled = group.body.classList.contains("shut");
      render();
      return;
    }
    const row = event.target.closest("tbody tr:not(.team)");
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const cell = event.target.closest("td");
    if (!cell && !event.target.closest("a")) return;
    event.preventDefault();
    openPerson(row.cells[0].querySelector("a").textContent, cell ? (accounts[cell.cellIndex] ?? "") : "");
  });
  byId("matrix").addEventListener("keydown", (event) => moveByArrow(event, groups));
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("matrix").focus();
  });
  document.addEventListener("keydown", ({ key, target }) => {
    if (key === "Escape" && target.id !== "q" && state.person !== "") closePerson();
  });
  window.addEventListener("popstate", () => {
    if (location.hash !== "" && !location.hash.includes("=") && !/^#p\d+$/.test(location.hash)) return;
    state = readState();
    render();
  });
  render();
  people.get(state.person)?.row.scrollIntoView({ block: "nearest" });
}

function shownText(total, all) {
  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  const people = all === 1 ? "1 person" : `${number(all)} people`;
  return total === all ? people : `${number(total)} of ${people}`;
}

/** `, 3 of 40 accounts` when those without a change are out of sight. */
function columnsText({ changed }) {
  const all = document.querySelectorAll("#account option").length - 1;
  const same = changed ? document.querySelectorAll("col.same").length : 0;
  return same === 0 ? "" : `, ${all - same} of ${all === 1 ? "1 account" : `${all} accounts`}`;
}

start();
