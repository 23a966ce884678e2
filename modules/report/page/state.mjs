/* What is shown, as the address says it: #q=jan&team=ops&tier=operator&account=production&changed=1&person=jan&cell=production */

const TEXT_FIELDS = ["q", "team", "tier", "account", "person", "cell"];

/** Without a comparison, and without a change, there is nothing to tell changed rows from others by. */
function changedByDefault() {
  return document.getElementById("changed")?.defaultChecked === true;
}

export function readState() {
  const hash = location.hash.slice(1);
  const given = new URLSearchParams(hash.includes("=") ? hash : "");
  const state = { changed: changedByDefault() && given.get("changed") !== "0" };
  for (const field of TEXT_FIELDS) state[field] = given.get(field) ?? "";
  // The link of a page without script.
  const anchor = /^p\d+$/.test(hash) ? document.getElementById(hash) : null;
  if (anchor !== null) state.person = anchor.closest("details").querySelector("summary").textContent;
  return state;
}

function stateText(state) {
  const given = new URLSearchParams();
  for (const field of TEXT_FIELDS) if (state[field] !== "") given.set(field, state[field]);
  if (changedByDefault() && !state.changed) given.set("changed", "0");
  const text = given.toString();
  return text === "" ? "" : `#${text}`;
}

/** `step`: something to come back to. Typing is not. */
export function writeState(state, step) {
  const address = location.pathname + location.search + stateText(state);
  if (step) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}
