// Single keys of the desk. Any room joins in by data-key="x" on a link, a button, a field or a box, and by data-row
// on rows. Loaded only for people who have the keys switched on; without this file everything works by mouse and Tab.
const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary";
const seen = (element) => element.offsetParent !== null;
const typing = (element) =>
  element.matches("textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio]):not([type=submit])");
const dialog = document.getElementById("daftar-tombol");

// Rows and where we stand among them: the focused one, else the open case, else before the first.
const rows = () => Array.from(document.querySelectorAll("[data-row]")).filter(seen);
function standing(all) {
  const focused = all.findIndex((row) => row.contains(document.activeElement));
  return focused >= 0 ? focused : all.findIndex((row) => row.classList.contains("current"));
}

function step(by) {
  const all = rows();
  const target = all[standing(all) + by];
  const onward = target ? target.querySelector("a[href]") : document.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]");
  if (!onward) return;
  onward.focus();
  onward.scrollIntoView({ block: "nearest" });
}

function tick() {
  const all = rows();
  const row = all[standing(all)];
  const box = row && row.querySelector("input[type=checkbox]");
  if (box) box.click();
}

// What sends something is only focused, so that one wrong letter never acts; Enter does.
function use(element) {
  const folded = element.closest("details:not([open])");
  if (folded && !element.matches("a[href]")) folded.open = true;
  if (element.matches("a[href], button[type=button], summary")) return element.click();
  const target = element.matches(FOCUSABLE) ? element : element.querySelector(FOCUSABLE);
  if (!target) return;
  target.focus();
  if (target.select) target.select();
}

// Shift+Enter in a verb's form: do it, and go on to the next case.
function saveAndNext(form) {
  const button = form.querySelector("button[name=lanjut]");
  if (button) return form.requestSubmit(button);
  const mark = document.createElement("input");
  Object.assign(mark, { type: "hidden", name: "lanjut", value: "1" });
  form.append(mark);
  form.requestSubmit();
}

const own = { j: () => step(1), k: () => step(-1), x: tick, "?": () => dialog && dialog.showModal() };

addEventListener("keydown", (event) => {
  const at = event.target instanceof Element ? event.target : document.body;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.key === "Enter" && event.shiftKey) {
    const form = at.closest("form[method=post]");
    if (!form || !form.querySelector("[name=version]")) return;
    event.preventDefault();
    if (!event.repeat) saveAndNext(form);
    return;
  }
  if (typing(at) || document.querySelector("dialog[open]") || event.key.length !== 1) return;
  const key = event.key.toLowerCase();
  const named = Array.from(document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`));
  const target = named.find(seen) || named[0];
  if (!own[key] && (!target || event.repeat)) return;
  event.preventDefault();
  if (own[key]) own[key]();
  else use(target);
});
