// The map of the public list: circles counted by the server for the window and zoom that are shown. Every circle
// leads to the list of exactly these reports.
for (const frame of document.querySelectorAll("[data-clusters]")) {
  const open = frame.querySelector("[data-open-map]");
  const status = frame.querySelector("[role=status]");
  const words = frame.dataset;
  open.onclick = async () => {
    open.setAttribute("aria-disabled", "true");
    try {
      const { base } = await import(open.dataset.module);
      const map = await base(frame);
      open.hidden = true;
      frame.querySelector("[data-map-note]").hidden = false;
      start(frame, map);
    } catch (error) {
      status.textContent = words.noMap;
      open.removeAttribute("aria-disabled");
    }
  };
}

function start(frame, map) {
  const words = frame.dataset;
  const layer = L.layerGroup().addTo(map);
  const filters = new URL(words.clusters, location.href).searchParams;
  let asked = 0;
  const label = ({ n, o, t }) => (n === 1 ? t || words.one : words.many.replace("{n}", n).replace("{o}", o));
  const address = ({ c, s }) => {
    if (s) return `${words.detail}${s}/`;
    const query = new URLSearchParams(filters);
    query.set("sel", c);
    return `${words.list}?${query}`;
  };
  const cut = frame.querySelector("[data-map-cut]");
  const draw = (found) => {
    layer.clearLayers();
    cut.textContent = found.newest ? words.cut.replace("{n}", found.newest.toLocaleString(document.documentElement.lang)) : "";
    for (const { geometry, properties } of found.features) {
      const [lon, lat] = geometry.coordinates;
      const size = 30 + Math.min(26, Math.round(9 * Math.log10(properties.n)) * 2);
      const icon = L.divIcon({
        className: properties.o ? "cluster" : "cluster cluster-done",
        html: properties.n > 1 ? properties.n.toLocaleString(document.documentElement.lang) : "",
        iconSize: properties.n > 1 ? [size, size] : [22, 22],
      });
      L.marker([lat, lon], { icon, alt: label(properties), title: label(properties) })
        .on("click keypress", (event) => {
          if (!event.originalEvent.key || event.originalEvent.key === "Enter") location.href = address(properties);
        })
        .addTo(layer);
    }
  };
  const ask = async () => {
    const turn = ++asked;
    const box = map.getBounds();
    const query = new URLSearchParams(filters);
    query.set("kotak", [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((n) => n.toFixed(4)).join());
    query.set("z", map.getZoom());
    const answer = await fetch(`${words.clusters.split("?")[0]}?${query}`).catch(() => null);
    if (answer && answer.ok && turn === asked) draw(await answer.json());
  };
  map.on("moveend", ask);
  ask();
}
