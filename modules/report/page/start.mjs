import { moveByArrow } from "./arrows.mjs";
import { watchFit } from "./fit.mjs";
import { fitFolds, openFolds } from "./folds.mjs";
import { readState, writeState } from "./state.mjs";
import { byId, FILTERS, readView, render } from "./view.mjs";

/* Ties the controls, the table and the address together. */

const view = readView();
let state = readState();
let typing;

/** `step`: something to come back to. Typing is not. */
function change(patch, step = true) {
  const filtered = Object.keys(patch).some((field) => field !== "person" && field !== "cell");
  if (filtered) for (const group of view.groups) group.toggled = undefined;
  state = { ...state, ...patch };
  render(view, state);
  clearTimeout(typing);
  // Browsers refuse an address that changes with every key.
  if (step) writeState(state, true);
  else typing = setTimeout(() => writeState(state, false), 300);
}

function isFiltered() {
  return FILTERS.some((field) => state[field] !== "");
}

function openPerson(name, cell) {
  change({ person: name, cell });
  byId("reason").focus();
}

function closePerson() {
  const { person } = state;
  change({ person: "", cell: "" });
  focusPerson(person);
}

/** Or the table, when the person is not in sight. */
function focusPerson(name) {
  const link = view.people.get(name)?.link;
  if (link?.checkVisibility()) link.focus();
  else byId("matrix").focus();
}

function listenToControls() {
  byId("q").addEventListener("input", ({ target }) => change({ q: target.value }, false));
  for (const field of FILTERS)
    byId(field).addEventListener("change", ({ target }) => change({ [field]: target.value }));
  byId("changed")?.addEventListener("change", ({ target }) => change({ changed: target.checked }));
  byId("reset").addEventListener("click", () => {
    change({ q: "", team: "", tier: "", account: "" });
    byId("q").focus();
  });
  byId("more").addEventListener("click", () => {
    const next = document.querySelector("#matrix .more button");
    view.showAll = true;
    render(view, state);
    next?.focus();
  });
  document.querySelector(".skip").addEventListener("click", (event) => {
    // The address stays what it is: it says what is shown.
    event.preventDefault();
    byId("matrix").focus();
  });
}

function listenToTable() {
  byId("matrix").addEventListener("click", (event) => {
    const group = view.groups.find(({ button }) => button === event.target);
    if (group) toggle(group);
    else openClicked(event);
  });
  byId("matrix").addEventListener("keydown", (event) => moveByArrow(event, view.groups));
  byId("close").addEventListener("click", closePerson);
  document.addEventListener("keydown", ({ key, target }) => {
    if (key === "Escape" && target.id !== "q" && state.person !== "") closePerson();
  });
}

function toggle(group) {
  group.toggled = group.body.classList.contains("shut");
  render(view, state);
}

/** A person's name, or a cell of theirs; with a modifier the link is the browser's. */
function openClicked(event) {
  const row = event.target.closest("tbody tr:not(.team)");
  const cell = event.target.closest("td");
  if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!cell && !event.target.closest("a")) return;
  event.preventDefault();
  openPerson(row.cells[0].querySelector("a").textContent, cell ? (view.accounts[cell.cellIndex] ?? "") : "");
}

function listenToHistory() {
  window.addEventListener("popstate", () => {
    const { hash } = location;
    if (hash !== "" && !hash.includes("=") && !/^#p\d+$/.test(hash)) return;
    const { person } = state;
    const inPanel = byId("reason").contains(document.activeElement);
    state = readState();
    render(view, state);
    if (inPanel && byId("reason").hidden) focusPerson(person);
  });
}

listenToControls();
listenToTable();
listenToHistory();
render(view, state);
fitFolds(isFiltered());
window.addEventListener("resize", () => fitFolds(isFiltered()));
window.addEventListener("beforeprint", openFolds);
watchFit(byId("matrix"));
view.people.get(state.person)?.row.scrollIntoView({ block: "nearest" });
