/** Colours come from the browser's own light and dark; print shows every command and no button. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#16202c;--soft:#4d5b6b;--paper:#fff;--panel:#f3f6f9;--line:#c9d3de;--blue:#0b57a4;--on-blue:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e8edf3;--soft:#a9b6c4;--paper:#11161c;--panel:#1b232d;--line:#3a4756;--blue:#8ec2ff;--on-blue:#0b1117}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:46rem;padding:1.5rem 1.25rem 4rem;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.25rem;margin:2.25rem 0 .5rem;padding-bottom:.3rem;border-bottom:1px solid var(--line)}
h3{font-size:1.05rem;margin:0 0 .35rem}
p{margin:.45rem 0;overflow-wrap:anywhere}
small{color:var(--soft);font-weight:normal}
.who{color:var(--soft);margin:0}
a{color:var(--blue)}
.sign-in{display:inline-block;padding:.55rem 1.4rem;border-radius:.4rem;background:var(--blue);color:var(--on-blue);text-decoration:none;font-weight:600}
a:focus-visible,button:focus-visible{outline:3px solid var(--blue);outline-offset:2px}
ol{padding:0;margin:0;list-style:none;counter-reset:step}
ol>li{counter-increment:step;position:relative;padding:0 0 1.4rem 2.9rem}
ol>li::before{content:counter(step);position:absolute;left:0;top:-.1rem;width:1.9rem;height:1.9rem;border-radius:50%;border:2px solid var(--blue);color:var(--blue);font-weight:700;display:grid;place-items:center}
article{border:1px solid var(--line);border-radius:.5rem;padding:.8rem 1rem;margin:.8rem 0;break-inside:avoid}
.copy{display:flex;align-items:stretch;gap:.5rem;margin:.45rem 0}
code{flex:1;min-width:0;padding:.5rem .7rem;border-radius:.4rem;background:var(--panel);border:1px solid var(--line);font:.92rem/1.45 ui-monospace,monospace;overflow-wrap:anywhere}
button{flex:none;min-width:4.5rem;padding:0 .8rem;border-radius:.4rem;border:1px solid var(--line);background:var(--panel);color:var(--ink);font:inherit;cursor:pointer}
.until{font-weight:600}
[hidden]{display:none}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media print{body{max-width:none;padding:0;font-size:10.5pt}button,.sign-in{display:none}li{break-inside:avoid}a[href]::after{content:" (" attr(href) ")";overflow-wrap:anywhere}}
`;

/** Adds the copy buttons. Where the clipboard is closed, the text is selected instead. */
export const COPY_SCRIPT = `
for (const button of document.querySelectorAll(".copy button")) {
  const code = button.previousElementSibling;
  button.hidden = false;
  button.setAttribute("aria-label", "Copy " + code.textContent);
  button.addEventListener("click", async () => {
    const range = document.createRange();
    range.selectNodeContents(code);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    let word = "Copied";
    try { await navigator.clipboard.writeText(code.textContent); }
    catch { if (!document.execCommand("copy")) word = "Selected"; }
    button.textContent = word;
    document.getElementById("copied").textContent = word + ": " + code.textContent;
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
}
`;
