// "Gunakan lokasi saya", and the map on tap. The address field and the kelurahan list do the same without either.
for (const box of document.querySelectorAll("[data-place]")) {
  const field = (name) => document.getElementById(box.dataset[name]);
  const status = box.querySelector("[role=status]");
  const words = box.dataset;
  let map;

  const choose = (lat, lon, says) => {
    field("lat").value = lat.toFixed(6);
    field("lon").value = lon.toFixed(6);
    field("lat").dispatchEvent(new Event("input", { bubbles: true }));
    status.textContent = says;
  };

  const locate = box.querySelector("[data-locate]");
  if (locate && !navigator.geolocation) locate.hidden = true;
  else if (locate) {
    locate.onclick = () => {
      status.textContent = words.searching;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          choose(coords.latitude, coords.longitude, words.found.replace("{n}", Math.max(1, Math.round(coords.accuracy))));
          if (map) map.show(coords.latitude, coords.longitude);
        },
        (error) => (status.textContent = [words.failed, words.denied, words.failed, words.slow][error.code] || words.failed),
        { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
      );
    };
  }

  const open = box.querySelector("[data-open-map]");
  if (open) {
    open.onclick = async () => {
      open.setAttribute("aria-disabled", "true");
      try {
        const { pickMap } = await import(open.dataset.module);
        map = await pickMap(box, (lat, lon) => choose(lat, lon, words.picked), +field("lat").value, +field("lon").value);
        open.hidden = true;
      } catch (error) {
        status.textContent = words.noMap;
        open.removeAttribute("aria-disabled");
      }
    };
  }
}

for (const frame of document.querySelectorAll("[data-map-list]")) {
  const open = frame.querySelector("[data-open-map]");
  open.onclick = async () => {
    try {
      const { listMap } = await import(open.dataset.module);
      await listMap(frame);
      open.hidden = true;
    } catch (error) {
      frame.querySelector("[role=status]").textContent = frame.dataset.noMap;
    }
  };
}
