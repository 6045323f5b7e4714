// Tugas lapangan: keep the own tasks on this phone, tell from the place without a network. The queue is queue.js.
const words = JSON.parse(document.getElementById("kata").textContent);
const queue = self.pendopoQueue;
const acts = document.getElementById("kabar-lapangan");
const tasks = document.getElementById("tugas"); // only on the page that works offline
const keepButton = document.getElementById("simpan"); // only on the page of the desk
const status = document.getElementById("simpanan");
const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
const moment = (at) => new Date(at).toLocaleString(document.documentElement.lang, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (className) element.className = className;
  return element;
}

function errorLine(said) {
  const line = make("ul", "", "errors");
  line.append(make("li", said));
  return line;
}

function button(text, className, act) {
  const made = make("button", text, `btn btn-small ${className}`);
  made.type = "button";
  made.onclick = act;
  return made;
}

const tellWorker = async (message) => {
  const app = await navigator.serviceWorker.ready;
  app.active.postMessage(message);
};

async function keep() {
  const answer = await fetch(keepButton.dataset.url, { headers: { Accept: "application/json" }, redirect: "error" });
  if (!answer.ok) throw new Error(`tasks ${answer.status}`);
  const { who, hours, tasks: given } = await answer.json();
  const until = Date.now() + hours * 3600000;
  const kept = [];
  for (const task of given) {
    const photos = [];
    for (const address of task.photos) {
      const picture = await fetch(address).catch(() => null);
      if (picture && picture.ok) photos.push({ type: picture.headers.get("Content-Type"), data: await picture.arrayBuffer() });
    }
    kept.push({ ...task, photos, who, until, at: kept.length });
  }
  await queue.clear("tasks");
  for (const task of kept) await queue.put("tasks", task);
  await tellWorker({ keep: keepButton.dataset.shell });
}

if (keepButton) {
  keepButton.onclick = async () => {
    keepButton.setAttribute("aria-disabled", "true");
    try {
      await keep();
      await show();
    } catch (error) {
      status.textContent = words.failed;
    }
    keepButton.removeAttribute("aria-disabled");
  };
  document.getElementById("lupakan").onclick = async () => {
    await queue.clear("tasks");
    await tellWorker({ drop: true });
    await show();
    status.textContent = words.dropped;
  };
}

async function shrunk(input, field) {
  const photos = [];
  for (const file of Array.from(input.files).slice(0, 5)) {
    const small = await self.pendopoShrink(file).catch(() => file);
    photos.push({ field, name: small.name, type: small.type, data: await small.arrayBuffer() });
  }
  return photos;
}

async function tell(task, form) {
  const photos = [...(await shrunk(form.elements.before, "before")), ...(await shrunk(form.elements.after, "after"))];
  const values = { note: form.elements.note.value.trim(), done: form.elements.done.checked, version: task.version, who: task.who };
  const error = form.querySelector("[role=alert]");
  error.textContent = "";
  if (!values.note && !photos.length) {
    error.textContent = words.empty;
    form.elements.note.focus();
    return;
  }
  await queue.add("acts", { key: queue.newKey(), code: task.code, who: task.who, url: `/meja/laporan/lapangan/${task.code}/`, values, photos });
  form.reset();
  form.closest("details").open = false;
  document.getElementById("kabar").textContent = words.queued;
  setTimeout(() => (document.getElementById("kabar").textContent = ""), 8000);
  send();
}

function taskCard(task) {
  const item = make("li", "", "card");
  item.dataset.key = task.key;
  item.append(make("h2", `${task.category}: ${task.village}`, "h3"));
  const line = make("p", "", "small");
  line.append(make("b", task.code, "code"), ` · ${task.state}${task.due ? ` · ${fill(words.due, { date: task.due })}` : ""}`);
  item.append(line, make("p", task.text), make("p", [task.address, task.village].filter(Boolean).join(", ")));
  if (task.point) {
    const link = make("a", task.point.map((value) => value.toFixed(5)).join(", "));
    link.href = `geo:${task.point.join(",")}`;
    const place = make("p");
    place.append(link);
    item.append(place);
  }
  if (task.photos.length) {
    const row = make("ul", "", "thumbs");
    for (const photo of task.photos) {
      const picture = make("img");
      picture.alt = words.photo;
      picture.src = URL.createObjectURL(new Blob([photo.data], { type: photo.type }));
      picture.onload = () => URL.revokeObjectURL(picture.src);
      const cell = make("li");
      cell.append(picture);
      row.append(cell);
    }
    item.append(row);
  }
  const form = document.getElementById("bentuk").content.cloneNode(true);
  form.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    tell(task, event.target);
  });
  item.append(form);
  return item;
}

async function sendAnyway(act) {
  await queue.change("acts", act.key, (now) => ({ ...now, state: "waiting", after: 0, errors: {}, values: { ...now.values, version: act.latest.version } }));
  send();
}

function actCard(act) {
  const item = make("li", "", "card");
  item.dataset.key = act.key;
  item.dataset.state = act.state;
  const line = make("p", "", "small");
  line.append(make("span", words[act.state], `state state-${act.state}`), " ", make("b", act.code, "code"));
  item.append(line);
  if (act.said) item.append(make("p", act.said));
  else item.append(make("p", act.values.note));
  if (act.state === "waiting" && act.status === 401) item.append(errorLine(words.signin));
  const row = make("p", "", "btn-row");
  if (act.state === "refused") {
    Object.values(act.errors).flat().forEach((said) => item.append(errorLine(said)));
    if (act.status === 409) {
      item.append(make("p", `${words.changed} ${act.latest.state}`));
      row.append(button(words.again, "btn-second", () => sendAnyway(act)));
    }
  }
  row.append(button(words.remove, "btn-quiet", () => (act.state === "sent" || confirm(words.sure)) && queue.remove("acts", act.key).then(show)));
  item.append(row);
  return item;
}

async function show() {
  const kept = await queue.all("tasks");
  const told = await queue.all("acts");
  const unsent = told.filter((act) => act.state !== "sent").length;
  const open = tasks && tasks.querySelector("details[open]");
  if (tasks && !open) tasks.replaceChildren(...kept.map(taskCard));
  acts.replaceChildren(...told.reverse().map(actCard));
  const lines = [kept.length ? fill(words.saved, { n: kept.length, time: moment(kept[0].until) }) : words.none];
  if (unsent) lines.push(fill(words.unsent, { n: unsent }));
  status.textContent = lines.join(" ");
}

let again;
async function send() {
  clearTimeout(again);
  const { waiting, next } = await queue.flush().catch(() => ({ waiting: 1, next: 0 }));
  await show();
  if (waiting) again = setTimeout(send, Math.min(Math.max(next - Date.now(), 15000), 600000));
}

if (queue.channel) queue.channel.onmessage = show;
addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
queue.sweep().catch(() => 0).then(send);
