// The map, loaded only when somebody asks for it. Outlines of the area are the base map; tiles only where the city
// has its own (data-tiles). Everything on it stands in a list or a field as well.
let ready;

function load(frame) {
  ready =
    ready ||
    new Promise((done, fail) => {
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = frame.dataset.leafletCss;
      const script = document.createElement("script");
      script.src = frame.dataset.leafletJs;
      script.onload = done;
      script.onerror = () => {
        ready = undefined;
        fail(new Error("leaflet"));
      };
      document.head.append(style, script);
    });
  return ready;
}

// Without tiles the names of the areas are the only words on the map; they show where there is room for them.
const named = (area, name) =>
  area.bindTooltip(name.replace(/^(Kelurahan|Desa) /, ""), { permanent: true, direction: "center", className: "area-name" });

export async function base(frame) {
  await load(frame);
  const box = frame.querySelector(".map");
  box.hidden = false;
  const map = L.map(box, { zoomControl: true, attributionControl: !!frame.dataset.tiles });
  map.zoomControl.setPosition("bottomright");
  if (frame.dataset.tiles) L.tileLayer(frame.dataset.tiles, { attribution: frame.dataset.tilesFrom, maxZoom: 19 }).addTo(map);
  const outlines = await fetch(frame.dataset.outlines)
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null);
  const lines =
    outlines &&
    L.geoJSON(outlines, {
      interactive: false,
      style: { className: "outline", weight: 1, fillOpacity: frame.dataset.tiles ? 0 : 1 },
      onEachFeature: ({ properties }, area) => frame.dataset.tiles || named(area, properties.nama),
    }).addTo(map);
  const near = () => box.classList.toggle("map-near", map.getZoom() >= 14);
  map.on("zoomend", near);
  if (lines && lines.getLayers().length) map.fitBounds(lines.getBounds());
  else map.setView([-2.5, 118], 5);
  near();
  return map;
}

// Choosing a point: move the map under the cross (arrow keys work), then press the button; or just tap a place.
export async function pickMap(frame, chosen, lat, lon) {
  const map = await base(frame);
  const pin = L.circleMarker([0, 0], { radius: 11, weight: 3, className: "point", fillOpacity: 1, interactive: false });
  const put = (point) => {
    pin.setLatLng(point).addTo(map);
    chosen(point.lat, point.lng);
  };
  map.on("click", (event) => put(event.latlng));
  const middle = frame.querySelector("[data-use-middle]");
  middle.hidden = false;
  middle.onclick = () => put(map.getCenter());
  const show = (y, x) => {
    pin.setLatLng([y, x]).addTo(map);
    map.setView([y, x], frame.dataset.tiles ? 17 : 15); // outlines alone are empty when too near
  };
  if (lat && lon) show(lat, lon);
  map.getContainer().focus();
  return { show };
}

// Points of the list beside the map: elements with data-lat and data-lon; pointing at one shows the other.
export async function listMap(frame) {
  const map = await base(frame);
  const points = [];
  for (const item of frame.querySelectorAll("[data-lat]")) {
    const point = L.circleMarker([+item.dataset.lat, +item.dataset.lon], { radius: 8, weight: 2, className: `point point-${item.dataset.tone || "plain"}`, fillOpacity: 1 }).addTo(map);
    const link = item.querySelector("a");
    if (link) point.bindTooltip(link.textContent).on("click", () => (location.href = link.href));
    item.addEventListener("mouseenter", () => point.setRadius(13));
    item.addEventListener("mouseleave", () => point.setRadius(8));
    points.push(point);
  }
  if (points.length) map.fitBounds(L.featureGroup(points).getBounds().pad(0.2), { maxZoom: frame.dataset.tiles ? 16 : 14 });
}
