/* The reason for what one person holds, next to the table: a copy of the person's part of the page. */

/** Shows it, or nothing for a person the page does not know. */
export function showReason(entry, account) {
  const panel = document.getElementById("reason");
  for (const row of document.querySelectorAll("tr.current")) row.classList.remove("current");
  panel.hidden = entry === undefined;
  if (entry === undefined) return;
  entry.row.classList.add("current");
  const [summary, ...parts] = document.getElementById(entry.link.hash.slice(1)).closest("details").children;
  document.getElementById("reason-title").textContent = summary.textContent;
  document.getElementById("reason-body").replaceChildren(...parts.map(copyOf));
  panel.scrollTop = 0;
  for (const head of panel.querySelectorAll("h3")) {
    const chosen = head.dataset.account === account;
    head.classList.toggle("on", chosen);
    if (chosen) head.scrollIntoView({ block: "nearest" });
  }
}

/** Without its id, which stays the original's. */
function copyOf(part) {
  const copy = part.cloneNode(true);
  copy.removeAttribute("id");
  return copy;
}
