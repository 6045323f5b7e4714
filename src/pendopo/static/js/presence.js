// Who else has this case open, and which cases of a list are open somewhere. A stream of server-sent events; without
// it, without JavaScript or behind a proxy that refuses it the pages only say nothing about colleagues.
const root = document.querySelector("[data-hadir]");
const AWAY = 60000; // a tab that nobody looks at gives its connection back after this

function say(people) {
  const line = document.getElementById("hadir");
  const here = line ? people[line.dataset.code] || [] : [];
  if (line) {
    const list = new Intl.ListFormat(document.documentElement.lang).format(here);
    const words = here.length ? line.dataset.words.replace("{names}", list) : "";
    if (line.textContent !== words) line.textContent = words;
    line.hidden = !here.length;
  }
  for (const row of document.querySelectorAll(".rep")) {
    const code = row.querySelector(".code");
    const facts = row.querySelector(".rep-facts");
    if (!code || !facts) continue;
    const names = (line && code.textContent === line.dataset.code ? [] : people[code.textContent]) || [];
    let sign = facts.querySelector(".rep-here");
    if (!names.length) {
      if (sign) sign.remove();
      continue;
    }
    if (!sign) {
      sign = document.createElement("span");
      sign.className = "rep-here";
      facts.prepend(sign);
    }
    sign.textContent = root.dataset.here.replace("{names}", names.join(", "));
  }
}

let source, timer;
let people = {};
const codes = () => Array.from(document.querySelectorAll(".rep .code"), (one) => one.textContent).join(",");
function close() {
  if (source) source.close();
  source = null;
}
function open() {
  clearTimeout(timer);
  if (source || document.hidden) return;
  const address = new URL(root.dataset.hadir, location.href);
  const list = codes();
  if (list) address.searchParams.set("daftar", list);
  source = new EventSource(address);
  source.addEventListener("hadir", (event) => say((people = JSON.parse(event.data))));
  source.addEventListener("selesai", () => {
    close();
    say((people = {}));
  });
}

if (root && "EventSource" in window) {
  // Browsers open six connections to one server: of several tabs only the one in sight keeps its stream.
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("pendopo-hadir") : null;
  if (tabs) tabs.onmessage = () => document.hidden && close();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) timer = setTimeout(close, AWAY);
    else {
      if (tabs) tabs.postMessage("");
      open();
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target && event.detail.target.id === "daftar") {
      close();
      open();
    } else say(people);
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  if (document.readyState === "complete") open();
}
