// Nothing typed is lost, nothing is sent twice, the letters left are counted. Every form works without this file.
const DAY = 86400000;
const say = (words) => {
  const toast = document.getElementById("kabar");
  if (toast) toast.textContent = words;
};

// A second click while the first is on its way does nothing; coming back by the back button frees the form again.
function guard(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "1";
    const button = event.submitter || form.querySelector("button:not([type=button])");
    if (button) button.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", () => {
    delete form.dataset.sending;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  });
}

function count(line) {
  const field = document.getElementById(line.dataset.count);
  if (!field) return;
  const show = () => {
    const left = line.dataset.max - field.value.length;
    const words = left < 0 ? line.dataset.over : line.dataset.left;
    line.textContent = words.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
    line.classList.toggle("count-over", left < 0);
  };
  field.removeAttribute("maxlength");
  field.addEventListener("input", show);
  show();
}

// data-draft="name" keeps what is typed on this device for a day. Fields marked data-private, secrets and files
// are never kept: phones are shared.
const keeps = (field) =>
  field.name && !/^(hidden|password|file|submit|button)$/.test(field.type) && !("private" in field.dataset);
const isTick = (field) => field.type === "radio" || field.type === "checkbox";

function draft(form) {
  const key = `pendopo:${form.dataset.draft}`;
  const fields = () => Array.from(form.elements).filter(keeps);
  const write = () => {
    const values = {};
    for (const field of fields()) {
      if (!isTick(field)) values[field.name] = field.value;
      else if (field.checked) (values[field.name] = values[field.name] || []).push(field.value);
    }
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
    } catch (error) {
      // A full or forbidden store must not stop anybody from writing.
    }
  };
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      return kept && Date.now() - kept.at < DAY ? kept.values : null;
    } catch (error) {
      return null;
    }
  };
  const kept = read();
  const untouched = fields().every((field) => isTick(field) || field.matches("select") || !field.value);
  if (kept && untouched && !form.querySelector("[aria-invalid]")) {
    for (const field of fields()) {
      const value = kept[field.name];
      if (value === undefined) continue;
      if (isTick(field)) field.checked = value.includes(field.value);
      else field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (Object.values(kept).some((value) => value.length)) say(form.dataset.draftBack || "");
  }
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(write, 400);
  });
  addEventListener("pagehide", () => form.dataset.sending || write());
}

function warn(form) {
  let changed = false;
  form.addEventListener("input", () => (changed = true));
  addEventListener("beforeunload", (event) => {
    if (changed && !form.dataset.sending) event.preventDefault();
  });
}

function enrich(root) {
  for (const form of root.querySelectorAll("form[method=post]:not([data-rich])")) {
    form.dataset.rich = "1";
    guard(form);
    if (form.dataset.draft) draft(form);
    if ("warn" in form.dataset) warn(form);
  }
  root.querySelectorAll("[data-count]").forEach(count);
}

for (const done of document.querySelectorAll("[data-draft-done]")) {
  try {
    localStorage.removeItem(`pendopo:${done.dataset.draftDone}`);
  } catch (error) {
    // Nothing was kept, then.
  }
}
enrich(document);
document.addEventListener("htmx:load", (event) => enrich(event.detail.elt.parentNode || document));
const summary = document.querySelector(".error-summary");
if (summary) summary.focus();
