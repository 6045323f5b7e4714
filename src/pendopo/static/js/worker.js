// The service worker. The server puts `const APP = {...}` before this file (surfaces/portal/views_app.py).
// Kept on the phone: the pages in APP.pages with their scripts, and the latest public pages that the server marks
// with "Pendopo-Keep: public". Never anything of one person: those pages carry no such mark.
const SHELL = `pendopo-shell-${APP.version}`;
const PAGES = "pendopo-pages";
const ASKED = "pendopo-asked"; // pages kept because a person asked for it
const MOST_PAGES = 20;
const PATIENCE = 4000; // milliseconds; then a kept copy is shown
const REFRESH = 6 * 3600 * 1000;

const always = APP.pages.filter((page) => !page.asked);
if (APP.scripts.length) importScripts(...APP.scripts);

async function keep(cache, address) {
  const answer = await fetch(address, { cache: "no-cache", credentials: "same-origin" });
  if (answer.ok && !answer.redirected) await cache.put(address, answer);
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(
    caches.open(SHELL).then((cache) => Promise.all([cache.addAll(APP.scripts), ...always.map((page) => keep(cache, page.url))])),
  );
});

addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("pendopo-") && ![SHELL, PAGES, ASKED].includes(name);
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (old(name)) await caches.delete(name);
      if (registration.navigationPreload) await registration.navigationPreload.enable();
      await clients.claim();
    })(),
  );
});

async function kept(address) {
  for (const name of [SHELL, ASKED]) {
    const answer = await (await caches.open(name)).match(address, { ignoreVary: true, ignoreSearch: true });
    if (answer) return answer;
  }
  return null;
}

async function keepPublic(request, answer) {
  const cache = await caches.open(PAGES);
  await cache.put(request.url, answer);
  const names = await cache.keys();
  for (const name of names.slice(0, Math.max(0, names.length - MOST_PAGES))) await cache.delete(name);
}

async function fromNetwork(event, address) {
  const answer = (await event.preloadResponse) || (await fetch(event.request));
  if (answer.ok && !answer.redirected) {
    if (answer.headers.get("Pendopo-Keep") === "public") event.waitUntil(keepPublic(event.request, answer.clone()));
    else if (always.some((page) => page.url === address)) {
      const copy = answer.clone();
      event.waitUntil(caches.open(SHELL).then((cache) => cache.put(address, copy)));
    }
  }
  return answer;
}

// Where somebody lands who asked for an address that cannot be reached now.
async function without(address) {
  for (const page of APP.pages) {
    if (page.below.some((start) => address.startsWith(start)) && (await kept(page.url))) return Response.redirect(page.url, 302);
  }
  return always.length && (await kept(always[0].url)) ? Response.redirect(always[0].url, 302) : Response.error();
}

async function open(event, url) {
  const shell = await kept(url.pathname);
  const copy = shell || (await (await caches.open(PAGES)).match(event.request.url, { ignoreVary: true }));
  const network = fromNetwork(event, url.pathname);
  if (!copy) return network.catch(() => without(url.pathname));
  event.waitUntil(network.catch(() => 0));
  const late = new Promise((done) => setTimeout(done, PATIENCE, copy));
  return Promise.race([network.catch(() => copy), late]);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && request.mode === "navigate" && APP.signOut.includes(url.pathname)) {
    event.waitUntil(forgetPerson());
    return;
  }
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(open(event, url));
  else if (APP.scripts.includes(url.pathname)) event.respondWith(caches.match(request, { ignoreVary: true }).then((copy) => copy || fetch(request)));
});

// Signing out: what this person asked the phone to keep goes.
async function forgetPerson() {
  await Promise.all([caches.delete(ASKED), caches.delete(PAGES)]);
  if (self.pendopoWorker && pendopoWorker.forgetPerson) await pendopoWorker.forgetPerson();
}

addEventListener("message", (event) => {
  const { data } = event;
  if (!data) return;
  const asked = APP.pages.find((page) => page.asked && page.url === data.keep);
  if (asked) event.waitUntil(caches.open(ASKED).then((cache) => keep(cache, asked.url)));
  if (data.drop) event.waitUntil(caches.delete(ASKED));
  if (data.refresh) event.waitUntil(refresh());
});

async function refresh() {
  const cache = await caches.open(SHELL);
  for (const page of always) {
    const copy = await cache.match(page.url, { ignoreVary: true });
    const age = copy ? Date.now() - Date.parse(copy.headers.get("Date") || 0) : Infinity;
    if (!(age < REFRESH)) await keep(cache, page.url).catch(() => 0);
  }
}

addEventListener("sync", (event) => {
  if (event.tag === "pendopo-queue" && self.pendopoWorker) event.waitUntil(pendopoWorker.sync());
});

addEventListener("push", (event) => {
  let news = {};
  try {
    news = event.data ? event.data.json() : {};
  } catch (error) {
    // Words we cannot read still are news.
  }
  event.waitUntil(
    registration.showNotification(news.title || APP.news, {
      body: news.body || "",
      icon: APP.icon,
      badge: APP.icon,
      tag: news.tag || "pendopo",
      lang: news.lang || "id",
      data: { url: news.url || "/" },
    }),
  );
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL((event.notification.data || {}).url || "/", location.origin);
  if (address.origin === location.origin) event.waitUntil(clients.openWindow(address.href));
});
