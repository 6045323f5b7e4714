// The phone app comes after the page: its worker is fetched when the phone has nothing else to do.
if (navigator.serviceWorker) {
  const start = () => navigator.serviceWorker.register("/pekerja.js").catch(() => 0);
  const later = () => (self.requestIdleCallback ? requestIdleCallback(start, { timeout: 9000 }) : setTimeout(start, 3000));
  if (document.readyState === "complete") later();
  else addEventListener("load", later);
}
