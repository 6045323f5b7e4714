// PHONE_APP=0: the app leaves this phone. Drafts and unsent reports stay in the browser's own store.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith("pendopo-")) await caches.delete(name);
      await registration.unregister();
    })(),
  ),
);
