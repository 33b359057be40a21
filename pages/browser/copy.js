// 复制表格: the table beside the button goes to the clipboard as a table, for Word and Excel, and as lines with tabs. It
// goes by the event of copying, which there is without TLS too, where browsers offer no other clipboard.
const DONE = "已复制，可以粘贴到表格或文稿", FAILED = "没有复制成，请选中表格再按 Ctrl 和 C", SHOWN = 3000;

const NUMBER = /^([+−]?[\d,]+(?:\.\d+)?)([^\d.,%+−]{0,6})$/u, NONE = "—";

const said = (cell) => cell.innerText.trim().replace(/\s+/g, " ");

// A column all of whose numbers are in one measure has the measure in its heading, and plain numbers to reckon with.
function withPlainNumbers([head, ...body]) {
  const measures = head.map((_, at) => {
    const known = body.map((row) => row.at(at)).filter((words) => words && words !== NONE).map((words) => NUMBER.exec(words));
    const first = known.at(0);
    return first && known.every((found) => found?.[2] === first[2]) ? first[2] : undefined;
  });
  const plain = (words, at) => (measures.at(at) === undefined ? words : words.replace(NUMBER, "$1").replace("−", "-"));
  const named = head.map((words, at) => (measures.at(at) ? `${words}（${measures.at(at)}）` : words));
  return [named, ...body.map((row) => row.map(plain))];
}

function rowsOf(place, title) {
  const rows = [[title]];
  for (const table of place.querySelectorAll("table")) {
    const part = table.closest("section")?.querySelector("h3");
    if (part) rows.push([said(part).replace(" ›", "")]);
    rows.push(...withPlainNumbers([...table.rows].map((row) => [...row.cells].map(said))));
  }
  return rows;
}

function asTable(rows) {
  const table = document.createElement("table");
  for (const row of rows) {
    const line = table.insertRow();
    for (const words of row) line.insertCell().textContent = words;
  }
  return new XMLSerializer().serializeToString(table);
}

function copy(button) {
  const rows = rowsOf(button.closest(".taken"), button.dataset.title);
  const fill = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData.setData("text/html", asTable(rows));
    event.clipboardData.setData("text/plain", rows.map((row) => row.join("\t")).join("\n"));
  };
  document.addEventListener("copy", fill, { capture: true, once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill, { capture: true });
  button.dataset.name ??= button.textContent;
  button.textContent = done ? DONE : FAILED;
  setTimeout(() => { button.textContent = button.dataset.name; }, SHOWN);
}

export default function () {
  if (window.mingshuCopy) return;
  window.mingshuCopy = true;
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.copy");
    if (button) copy(button);
  });
}
