// Lapor tanpa jaringan: drafts on this phone, a queue, and what became of each report. The queue itself is queue.js.
const words = JSON.parse(document.getElementById("kata").textContent);
const queue = self.pendopoQueue;
const form = document.getElementById("laporan");
const list = document.querySelector("#daftar .phone-list");
const summary = document.getElementById("ditolak");
const photosLine = document.getElementById("foto-simpan");
const picker = document.getElementById("id_photos");
const savedLine = document.getElementById("tersimpan");
const NAMES = ["category", "text", "address", "latitude", "longitude", "region", "decision", "anonymous", "secret", "name", "phone", "email"];
const LEAST = 10;
const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
const time = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

const blank = () => ({ key: queue.newKey(), at: Date.now(), state: "draft", values: {}, photos: [] });
let current = blank();
let timer;
let chain = Promise.resolve(); // one write after the other

function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (className) element.className = className;
  return element;
}

const errorLine = (said) => {
  const line = make("ul", "", "errors");
  line.append(make("li", said));
  return line;
};

function read() {
  const data = new FormData(form);
  const values = {};
  for (const name of NAMES) {
    const value = data.get(name);
    values[name] = name === "anonymous" || name === "secret" ? value !== null : value || "";
  }
  return values;
}

function write(values) {
  for (const name of NAMES) {
    for (const field of form.querySelectorAll(`[name="${name}"]`)) {
      const value = values[name];
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type === "checkbox") field.checked = value === undefined ? field.defaultChecked : value;
      else field.value = value || "";
    }
  }
}

const chosenLabel = () => {
  const chosen = form.querySelector("[name=category]:checked");
  return chosen ? chosen.labels[0].textContent.trim() : "";
};
const isEmpty = (values) => !NAMES.some((name) => !/^(anonymous|secret|latitude|longitude)$/.test(name) && values[name]);

function record() {
  const values = read();
  const title = values.text.trim().slice(0, 70);
  return { ...current, values, label: chosenLabel(), title, secret: values.secret };
}

const trouble = () => (savedLine.textContent = words.full);

function save() {
  clearTimeout(timer);
  const now = record();
  if (isEmpty(now.values) && !now.photos.length) return chain;
  current = now;
  chain = chain.then(() => queue.put("reports", now)).then(() => (savedLine.textContent = fill(words.kept, { time: time(Date.now()) })), trouble);
  return chain;
}

function showPhotos() {
  photosLine.textContent = "";
  current.photos.forEach((photo, index) => {
    const item = make("li");
    const picture = make("img");
    picture.alt = fill(words.photo, { n: index + 1 });
    picture.src = URL.createObjectURL(new Blob([photo.data], { type: photo.type }));
    picture.onload = () => URL.revokeObjectURL(picture.src);
    const drop = make("button", "✕", "btn btn-quiet btn-icon");
    drop.type = "button";
    drop.setAttribute("aria-label", fill(words.drop, { n: index + 1 }));
    drop.onclick = () => {
      current.photos.splice(index, 1);
      showPhotos();
      save();
      picker.focus();
    };
    item.append(picture, make("span", picture.alt), drop);
    photosLine.append(item);
  });
}

picker.addEventListener("change", async () => {
  const mine = current;
  const files = Array.from(picker.files).slice(0, +picker.dataset.max - mine.photos.length);
  picker.value = "";
  for (const file of files) {
    const small = await self.pendopoShrink(file).catch(() => file);
    mine.photos.push({ name: small.name, type: small.type, data: await small.arrayBuffer() });
  }
  if (mine.key === current.key) {
    current.photos = mine.photos;
    showPhotos();
    save();
  }
});

function clearErrors() {
  summary.hidden = true;
  summary.querySelector("ul").textContent = "";
  form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  form.querySelectorAll(".js-error").forEach((line) => line.remove());
}

// Sentences of the server, or of this page: in the summary and beside the field.
function showErrors(errors) {
  clearErrors();
  const names = Object.keys(errors);
  if (!names.length) return;
  summary.querySelector("h2").textContent = words.problem;
  for (const name of names) {
    const field = form.querySelector(`[name="${name}"]`);
    const box = field && field.closest(".field");
    for (const said of errors[name]) {
      const item = make("li");
      if (box) {
        const link = make("a", said);
        link.href = `#${field.id}`;
        item.append(link);
        const line = make("ul", "", "errors js-error");
        line.append(make("li", said));
        box.querySelector(".hint, .error, input, select, textarea, .tiles").before(line);
        field.setAttribute("aria-invalid", "true");
        const details = field.closest("details");
        if (details) details.open = true;
      } else item.textContent = said;
      summary.querySelector("ul").append(item);
    }
  }
  summary.hidden = false;
  summary.focus();
}

// Point and kelurahan disagree: the server says between what to decide.
function showChoices(choices) {
  const box = document.getElementById("pilihan");
  const target = box.querySelector(".choices");
  target.textContent = "";
  const asked = choices && choices.decision;
  box.hidden = !asked;
  if (!asked) return;
  box.querySelector(".hint").textContent = asked.why;
  asked.options.forEach(([value, label], index) => {
    const line = make("label");
    const radio = make("input");
    Object.assign(radio, { type: "radio", name: "decision", value, id: `id_decision_${index}` });
    line.append(radio, ` ${label}`);
    target.append(line);
  });
}

function open(kept, { focus = true } = {}) {
  current = kept;
  write(kept.values);
  showPhotos();
  showChoices(kept.choices);
  showErrors(kept.errors || {});
  savedLine.textContent = "";
  if (focus && summary.hidden) document.getElementById("tulis").focus();
  return show();
}

const fresh = (options) => open(blank(), options);

function missing({ category, text, address, latitude, region }) {
  const wrong = {};
  if (!category) wrong.category = [words.category];
  if (text.trim().length < LEAST) wrong.text = [words.text];
  if (!region && !latitude) wrong.region = [words.place];
  else if (!address && !latitude) wrong.address = [words.landmark];
  return wrong;
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(save, 400);
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(timer);
  const ready = record();
  const wrong = missing(ready.values);
  showErrors(wrong);
  if (Object.keys(wrong).length) return;
  fresh(); // at once: a second press finds an empty form, not the same report
  const said = document.getElementById("kabar");
  try {
    await chain;
    await queue.add("reports", { ...ready, errors: {}, choices: {} });
  } catch (error) {
    open(ready);
    trouble();
    return;
  }
  said.textContent = words.queued;
  setTimeout(() => (said.textContent = ""), 8000);
  send();
});

document.getElementById("lain").addEventListener("click", () => save().then(() => fresh()));
addEventListener("pagehide", save);

function button(text, className, act) {
  const made = make("button", text, `btn btn-small ${className}`);
  made.type = "button";
  made.onclick = act;
  return made;
}

async function edit(key) {
  await save();
  // Once a try has begun its answer may be lost: it must not change under its key any more.
  const mine = await queue.change("reports", key, (now) => (now.state === "waiting" && now.tries ? null : { ...now, state: "draft" }));
  if (mine) open(mine);
}

async function drop(key) {
  if (!confirm(words.sure)) return;
  if (current.key === key) fresh({ focus: false });
  await queue.remove("reports", key);
  show();
}

function card(one) {
  const item = make("li", "", "card");
  item.dataset.key = one.key;
  item.dataset.state = one.state;
  item.append(make("h3", one.state === "sent" && one.secret ? words.secret : [one.label, one.title].filter(Boolean).join(": ") || words.untitled));
  const line = make("p", "", "small");
  line.append(make("span", words[one.state], `state state-${one.state}`));
  if (one.code) line.append(" ", make("b", fill(words.number, { code: one.code }), "code"));
  if (one.state === "waiting" && one.after > Date.now()) line.append(" ", fill(words.later, { time: time(one.after) }));
  item.append(line);
  if (one.state === "refused") Object.values(one.errors).flat().forEach((said) => item.append(errorLine(said)));
  const row = make("p", "", "btn-row");
  if (one.state === "sent") {
    const link = make("a", words.follow, "btn btn-small btn-second");
    link.href = one.url;
    row.append(link);
  } else if (one.state !== "waiting" || !one.tries) row.append(button(one.state === "refused" ? words.repair : words.edit, "btn-second", () => edit(one.key)));
  row.append(button(words.remove, "btn-quiet", () => drop(one.key)));
  item.append(row);
  return item;
}

async function show() {
  const reports = (await queue.all("reports")).filter((one) => one.state !== "draft" || one.key !== current.key);
  list.replaceChildren(...reports.reverse().map(card));
  document.getElementById("daftar").hidden = !reports.length;
}

// A phone may call itself online in a place where nothing gets through: an unanswered try counts for more.
function network(stuck) {
  document.getElementById("jaringan").textContent = navigator.onLine && !stuck ? words.online : words.offline;
}

let again;
async function send() {
  clearTimeout(again);
  const { waiting, next } = await queue.flush().catch(() => ({ waiting: 1, next: 0 }));
  await show();
  network(waiting && !(next > Date.now()));
  // No event may tell that the network works again, so the clock asks too.
  if (waiting) again = setTimeout(send, Math.min(Math.max(next - Date.now(), 15000), 600000));
}

if (queue.channel) queue.channel.onmessage = show;
addEventListener("online", () => (network(), send()));
addEventListener("offline", () => network());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => 0);
if (navigator.serviceWorker) navigator.serviceWorker.ready.then((app) => app.active && app.active.postMessage({ refresh: true }));
network();
showPhotos();
queue.sweep().catch(() => 0).then(send);
self.pendopoOffline = { show, send };
