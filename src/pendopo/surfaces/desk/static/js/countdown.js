// Seconds until a batch starts. The server says the number again every two seconds; in between this counts.
setInterval(() => {
  for (const place of document.querySelectorAll("[data-countdown]")) {
    const left = Math.max(0, place.textContent - 1);
    place.textContent = left;
  }
}, 1000);
