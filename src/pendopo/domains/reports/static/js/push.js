// "Kabari saya di ponsel ini": asks the browser's push service for an address and hands it to the server.
const box = document.getElementById("kabar-ponsel");
const say = (words) => (document.getElementById("kabar-ponsel-kata").textContent = words);
const on = document.getElementById("kabari-saya");
const off = document.getElementById("jangan-kabari");

async function post(url, values) {
  const proof = await (await fetch("/lapor/antrean/kunci/", { cache: "no-store" })).json();
  const answer = await fetch(url, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": proof.token },
    body: new URLSearchParams(values),
  });
  const { said } = await answer.json();
  say(said);
  return answer.ok;
}

const octets = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const remembered = `pendopo:kabari:${box.dataset.on}`;

function show(told) {
  on.hidden = told;
  off.hidden = !told;
}

async function start(app) {
  const current = await app.pushManager.getSubscription();
  show(!!current && localStorage.getItem(remembered) === current.endpoint);
  box.hidden = false;
  on.onclick = async () => {
    try {
      if ((await Notification.requestPermission()) !== "granted") return say(box.dataset.denied);
      const made = (await app.pushManager.getSubscription()) || (await app.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: octets(box.dataset.key) }));
      if (!(await post(box.dataset.on, { subscription: JSON.stringify(made) }))) return;
      localStorage.setItem(remembered, made.endpoint);
      show(true);
    } catch (error) {
      say(box.dataset.failed);
    }
  };
  off.onclick = async () => {
    try {
      const made = await app.pushManager.getSubscription();
      if (made && !(await post(box.dataset.off, { endpoint: made.endpoint }))) return;
      localStorage.removeItem(remembered);
      show(false);
    } catch (error) {
      say(box.dataset.failed);
    }
  };
}

if (navigator.serviceWorker && self.PushManager && self.Notification && box.dataset.key) navigator.serviceWorker.ready.then(start);
