// 图片: a drawing as a PNG with its title above and its lines below, made in the browser from the page.
const SCALE = 2, EDGE = 24, LINE = 1.5;

function wrap(pen, words, width) {
  const rows = [""];
  for (const piece of words.match(/[\w.,%:-]+|./gu) || []) {  // a number is never split
    if (pen.measureText(rows[rows.length - 1] + piece).width > width) rows.push("");
    rows[rows.length - 1] += piece;
  }
  return rows;
}

function picture(svg) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
  });
}

function texts(panel, pen, width, font) {
  const found = [[panel.querySelector("h3"), 20, "bold"], ...[...panel.querySelectorAll(".lines li")].map((line) => [line, 13, "normal"])];
  return found.map(([element, size, weight]) => {
    const style = `${weight} ${size}px ${font}`;
    pen.font = style;
    return { style, size, rows: wrap(pen, element.textContent.trim(), width) };
  });
}

function write(pen, blocks, top) {
  let y = top;
  for (const { style, size, rows } of blocks) {
    pen.font = style;
    for (const row of rows) { pen.fillText(row, EDGE, y + size); y += size * LINE; }
  }
  return y;
}

const tall = (blocks) => blocks.reduce((sum, { size, rows }) => sum + size * LINE * rows.length, 0);

async function save(button) {
  const panel = button.closest('[class*="st-key-panel-"]');
  const layers = [...panel.querySelectorAll(".js-plotly-plot .main-svg")];
  if (!layers.length) return;
  const { width, height } = layers[0].getBoundingClientRect();
  const look = getComputedStyle(panel), ground = getComputedStyle(document.querySelector(".stApp")).backgroundColor;
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
  const [title, ...lines] = texts(panel, pen, width, look.fontFamily);
  canvas.width = (width + 2 * EDGE) * SCALE;
  canvas.height = (height + tall([title]) + tall(lines) + 4 * EDGE) * SCALE;
  pen.scale(SCALE, SCALE);
  pen.fillStyle = ground;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = look.color;
  const top = write(pen, [title], EDGE) + EDGE / 2;
  for (const layer of layers) pen.drawImage(await picture(layer), EDGE, top, width, height);
  write(pen, lines, top + height + EDGE / 2);
  const link = document.createElement("a");
  link.download = `${button.dataset.name || "图"}.png`;
  link.href = canvas.toDataURL("image/png");
  link.click();
}

export default function () {
  if (window.mingshuPicture) return;
  window.mingshuPicture = true;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.picture");
    if (button) save(button);
  });
}
