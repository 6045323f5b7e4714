// Penghitaman: draw a box on the page with mouse, finger or keys; the form with the numbers sends it.
const sheet = document.getElementById("lembar");
const form = document.getElementById("kotak-baru");
const draft = document.getElementById("coretan");
const finger = document.getElementById("jari");
const width = Number(sheet.dataset.width);
const height = Number(sheet.dataset.height);
const LEAST = 3; // points: a shorter stroke is a tap
let from = null;
let box = null;

const within = (value, most) => Math.min(Math.max(value, 0), most);

function point(event) {
  const shown = sheet.querySelector("img").getBoundingClientRect();
  return {
    x: within(((event.clientX - shown.left) / shown.width) * width, width),
    y: within(((event.clientY - shown.top) / shown.height) * height, height),
  };
}

function draw() {
  const { x, y, w, h } = box ?? { x: 0, y: 0, w: 0, h: 0 };
  for (const [name, value] of Object.entries({ x, y, width: w, height: h })) draft.setAttribute(name, value);
}

function send() {
  for (const name of ["x", "y", "w", "h"]) form.elements[name].value = box[name].toFixed(2);
  form.requestSubmit();
}

function stop() {
  from = null;
  box = null;
  draw();
}

sheet.addEventListener("pointerdown", (event) => {
  const touch = event.pointerType !== "mouse";
  if (event.button !== 0 || (touch && !sheet.classList.contains("drawing"))) return;
  event.preventDefault();
  sheet.setPointerCapture(event.pointerId);
  from = point(event);
});

sheet.addEventListener("pointermove", (event) => {
  if (!from) return;
  const to = point(event);
  box = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), w: Math.abs(to.x - from.x), h: Math.abs(to.y - from.y) };
  draw();
});

sheet.addEventListener("pointerup", () => {
  if (from && box && box.w >= LEAST && box.h >= LEAST) send();
  else stop();
  from = null;
});
sheet.addEventListener("pointercancel", stop);

finger.addEventListener("click", () => {
  const on = sheet.classList.toggle("drawing");
  finger.setAttribute("aria-pressed", String(on));
});

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

sheet.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return stop();
  if (event.key === "Enter") {
    event.preventDefault();
    if (box) return send();
    box = { x: width / 2 - 60, y: height / 2 - 10, w: 120, h: 20 };
    return draw();
  }
  const move = MOVES[event.key];
  if (!move || !box) return;
  event.preventDefault();
  const step = event.altKey ? 1 : 8;
  if (event.shiftKey) {
    box.w = within(box.w + move[0] * step, width - box.x) || LEAST;
    box.h = within(box.h + move[1] * step, height - box.y) || LEAST;
  } else {
    box.x = within(box.x + move[0] * step, width - box.w);
    box.y = within(box.y + move[1] * step, height - box.h);
  }
  draw();
});
