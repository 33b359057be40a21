// 图片: a drawing as PNGs of a slide's size (16:9), title above and lines below, made in the browser from the page. One
// unit is a point on the slide. What is too tall for one slide at letters that can be read goes on over several.
const WIDE = 960, TALL = 540, SCALE = 2, EDGE = 28, GAP = 10, LINE = 1.4;
const LEAST = 0.62;  // the smallest letters of a drawing, 13 pixels, are then 8 points
const FEW = 3, HEAD = 1;  // drawings one under the other; the room for a name above each, in heights of one
const DENSE = 0.75;  // so much closer than on the page its rows may stand

function wrap(pen, words, width) {
  const rows = [""];
  for (const piece of words.match(/[\w.,%:-]+|./gu) || []) {  // a number is never split
    if (pen.measureText(rows[rows.length - 1] + piece).width > width) rows.push("");
    rows[rows.length - 1] += piece;
  }
  return rows;
}

function block(pen, words, size, weight, font) {
  pen.font = `${weight} ${size}px ${font}`;
  const rows = words ? wrap(pen, words, WIDE - 2 * EDGE) : [];
  return { style: pen.font, size, rows, tall: rows.length * size * LINE };
}

function write(pen, { style, size, rows }, top) {
  pen.font = style;
  rows.forEach((row, at) => pen.fillText(row, EDGE, top + at * size * LINE + size));
}

function picture(svg) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
  });
}

// Returns the ranges of the vertical axis that are drawn one a slide; [undefined] where all goes on one.
function slices(layout, room) {
  const rows = layout.yaxis2 ? undefined : layout.yaxis?.range, needed = layout.height * DENSE * LEAST;
  const count = rows ? Math.ceil(needed / room) : 1;
  if (count < 2) return [undefined];
  const [from, to] = rows, way = Math.sign(to - from), each = Math.ceil(Math.abs(to - from) / count);
  return Array.from({ length: count }, (_, at) => [from + way * at * each, at === count - 1 ? to : from + way * (at + 1) * each]);
}

// Where more than a few small drawings stand under one another, they go in two columns.
function beside(layout) {
  const uprights = [layout.yaxis, layout.yaxis2, layout.yaxis3, layout.yaxis4, layout.yaxis5, layout.yaxis6];
  const count = uprights.filter(Boolean).length, rows = Math.ceil(count / 2);
  if (count <= FEW || layout.xaxis.domain) return layout;  // those with places of their own keep them
  const tall = 1 / (rows + HEAD * (rows - 1)), gap = tall * HEAD;
  const up = (axis, at) => axis && { ...axis, domain: [Math.max(0, 1 - Math.floor(at / 2) * (tall + gap) - tall), 1 - Math.floor(at / 2) * (tall + gap)] };
  const along = (axis, at) => axis && { ...axis, matches: undefined, showticklabels: at + 2 >= count, domain: at % 2 ? [0.55, 1] : [0, 0.45] };
  return {
    ...layout, height: layout.height * rows / count,
    yaxis: up(layout.yaxis, 0), yaxis2: up(layout.yaxis2, 1), yaxis3: up(layout.yaxis3, 2), yaxis4: up(layout.yaxis4, 3),
    yaxis5: up(layout.yaxis5, 4), yaxis6: up(layout.yaxis6, 5), xaxis: along(layout.xaxis, 0), xaxis2: along(layout.xaxis2, 1),
    xaxis3: along(layout.xaxis3, 2), xaxis4: along(layout.xaxis4, 3), xaxis5: along(layout.xaxis5, 4), xaxis6: along(layout.xaxis6, 5),
  };
}

async function draw(place, range, count, room) {
  const arranged = beside(place.layout), tall = arranged.height / count, scale = Math.min(1, Math.max(LEAST, room / tall));
  const size = { width: (WIDE - 2 * EDGE) / scale, height: Math.min(room / scale, Math.max(tall, room)) };
  const layout = { ...arranged, ...size, autosize: false };
  if (range) layout.yaxis = { ...layout.yaxis, range };
  const aside = document.createElement("div");
  aside.style = "position:absolute;left:-9999px;top:0";
  document.body.append(aside);
  await window.Plotly.newPlot(aside, place.data, layout, { staticPlot: true });
  const layers = await Promise.all([...aside.querySelectorAll(".main-svg")].map(picture));
  window.Plotly.purge(aside);
  aside.remove();
  return { layers, wide: size.width * scale, tall: size.height * scale };
}

function paint(pen, panel, { layers, wide, tall }, title, lines) {
  const ground = getComputedStyle(document.querySelector(".stApp")).backgroundColor;
  pen.setTransform(SCALE, 0, 0, SCALE, 0, 0);
  pen.fillStyle = ground;
  pen.fillRect(0, 0, WIDE, TALL);
  pen.fillStyle = getComputedStyle(panel).color;
  write(pen, title, EDGE);
  for (const layer of layers) pen.drawImage(layer, EDGE, EDGE + title.tall + GAP, wide, tall);
  write(pen, lines, TALL - EDGE - lines.tall);
}

function hand(canvas, name) {
  const link = document.createElement("a");
  link.download = `${name}.png`;
  link.href = canvas.toDataURL("image/png");
  link.click();
}

async function save(button) {
  const panel = button.closest('[class*="st-key-panel-"]'), place = panel.querySelector(".js-plotly-plot");
  if (!place) return;
  const canvas = document.createElement("canvas");
  canvas.width = WIDE * SCALE;
  canvas.height = TALL * SCALE;
  const pen = canvas.getContext("2d"), font = getComputedStyle(panel).fontFamily, name = button.dataset.name || "图";
  const below = [...panel.querySelectorAll(".lines li")].map((line) => line.textContent.trim()).join("　");
  const title = block(pen, panel.querySelector("h3").textContent.trim(), 22, "bold", font);
  const lines = block(pen, below, 10, "normal", font);
  const room = TALL - 2 * EDGE - 2 * GAP - title.tall - lines.tall, ranges = slices(place.layout, room);
  for (const [at, range] of ranges.entries()) {
    paint(pen, panel, await draw(place, range, ranges.length, room), title, lines);
    hand(canvas, ranges.length > 1 ? `${name}（${at + 1}之${ranges.length}）` : name);
  }
}

export default function () {
  if (window.mingshuPicture) return;
  window.mingshuPicture = true;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.picture");
    if (button) save(button);
  });
}
