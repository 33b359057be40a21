// A drawing by Plotly. The first drawing loads the library, in its smaller edition (scatter and bars). New numbers are
// redrawn in place. A press on a mark opens the panel that explains it (explain.js). What is in view is drawn first, the
// rest one by one when the browser has nothing else to do; before printing all that is left.
const PLAIN = { displayModeBar: false, displaylogo: false, showSendToCloud: false, scrollZoom: false, responsive: true };
const NARROW = 560;  // pixels
const PATIENCE = 100;  // milliseconds after which what is out of view is drawn even while the browser is busy
const LACKING = "图没有取来。请刷新页面；仍不行的，请告诉管理员。";

// Paper is narrower than the screen: with a viewBox a drawing is scaled down for printing instead of cut off.
function letShrink(place) {
  for (const layer of place.querySelectorAll(".main-svg")) {
    layer.setAttribute("viewBox", `0 0 ${layer.width.baseVal.value} ${layer.height.baseVal.value}`);
  }
}

// On a narrow screen a drawing of many small ones has fewer columns, and the rows after the first are folded away.
function fitted(place, layout) {
  const { narrow, more } = layout.meta ?? {};
  if (!narrow || place.clientWidth >= NARROW) return layout;
  place.style.height = `${narrow.height}px`;
  if (more > 0) fold(place, layout.meta, narrow.height);
  return { ...layout, ...narrow };
}

function fold(place, { folded, more }, height) {
  let button = place.nextElementSibling;
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    button.className = "unfold";
    place.after(button);
  }
  const show = (open) => {
    const hidden = open ? 0 : height - folded;
    place.style.height = `${height}px`;
    place.style.clipPath = `inset(0 0 ${hidden}px 0)`;
    place.style.marginBottom = `${-hidden}px`;
    button.textContent = open ? "收起" : `展开其余${more}个`;
    button.ariaExpanded = open;
    button.onclick = () => show(!open);
  };
  show(button.ariaExpanded === "true");
}

async function draw(Plotly, place, { spec }) {
  const first = !place.data;
  if (first) place.replaceChildren();
  await Plotly.react(place, spec.data, fitted(place, spec.layout), PLAIN);
  letShrink(place);
  if (!first) return;
  place.on("plotly_afterplot", () => letShrink(place));
  place.on("plotly_click", (event) => press(place, event.points[0]));
  place.on("plotly_hover", (event) => place.classList.toggle("asks", Boolean(event.points[0]?.data.meta)));
  place.on("plotly_unhover", () => place.classList.remove("asks"));
}

// What a mark asks about: what its series names, the word its key stands for, and what the drawing's place names.
function press(place, point) {
  const { names, by } = point?.data.meta ?? {};
  if (names) window.mingshuAsk?.([{ ...names, ...(by && { [by]: point.customdata }) }, place.names]);
}

// Resolves when a place can be seen: what a phone folds away has no width to be drawn in.
function unfolded(place) {
  if (place.clientWidth) return undefined;
  return new Promise((done) => {
    const watch = new ResizeObserver(() => {
      if (!place.clientWidth) return;
      watch.disconnect();
      done();
    });
    watch.observe(place);
  });
}

// What was drawn on a wider screen, and is unfolded on a narrower one, has to be fitted.
function fitUnfolded(event) {
  if (event.target.closest?.(".foldout")) requestAnimationFrame(() => dispatchEvent(new Event("resize")));
}

const left = new Map();  // places further down the page, with what draws each

function isInView(place) {
  const { top, bottom } = place.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}

function next() {
  return [...left].find(([one]) => isInView(one)) ?? [...left][0] ?? [];
}

function drawOne() {
  const [place, now] = next();
  if (!place) return;
  left.delete(place);
  now();
  if (left.size) later();
}

// What is drawn already is soon drawn anew.
function later() {
  const [place] = next();
  if (place.data || !window.requestIdleCallback) setTimeout(drawOne);
  else requestIdleCallback(drawOne, { timeout: PATIENCE });
}

// Resolves when it is the turn of a place; never when a newer drawing takes its turn.
function turn(place) {
  if (isInView(place)) {
    left.delete(place);
    return undefined;
  }
  const first = !left.size, waits = new Promise((now) => left.set(place, now));
  if (first) later();
  return waits;
}

addEventListener("beforeprint", () => {
  for (const now of left.values()) now();
  left.clear();
});

export default async function ({ data, parentElement }) {
  window.mingshuFolds ??= document.addEventListener("change", fitUnfolded) ?? true;
  const place = parentElement.querySelector(".drawing");
  place.wanted = data;
  place.names = data.names;
  place.style.height = `${data.spec.layout.height}px`;
  place.ariaLabel = data.said;
  const Plotly = await fetchLibrary(data.library).catch(() => undefined);
  if (!Plotly) {
    window.mingshuPlotly = undefined;  // the next drawing tries again
    place.textContent = LACKING;
    return undefined;
  }
  await unfolded(place);
  await turn(place);
  // While it waited, a later drawing may have replaced this one, or the page may have changed.
  if (place.wanted === data && place.isConnected) await draw(Plotly, place, data);
  return () => place.isConnected || Plotly.purge(place);  // also called when a later drawing replaces this one
}
