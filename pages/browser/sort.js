// A click on a button below a table that is folded on a phone shows all its rows, or folds it again.
// A click on a heading sorts a table of the class sortable by its column: first descending, then ascending; names in
// the order of a Chinese dictionary. Unknown values are last in both orders.
const order = new Intl.Collator("zh-CN");

function compare(one, other, direction) {
  if (one.dataset.value === undefined && other.dataset.value === undefined) return direction * order.compare(one.textContent, other.textContent);
  if (one.dataset.value === undefined) return 1;
  if (other.dataset.value === undefined) return -1;
  return direction * (one.dataset.value - other.dataset.value);
}

function sort(heading) {
  const table = heading.closest("table"), at = heading.cellIndex, body = table.tBodies[0];
  const first = at ? "descending" : "ascending";
  const way = heading.ariaSort === first ? (at ? "ascending" : "descending") : first;
  for (const other of table.querySelectorAll("th")) other.ariaSort = null;
  heading.ariaSort = way;
  const rows = [...body.rows].sort((one, other) => compare(one.cells[at], other.cells[at], way === "ascending" ? 1 : -1));
  body.append(...rows);
}

function unfold(button) {
  const open = button.previousElementSibling.querySelector("table").classList.toggle("whole");
  button.ariaExpanded = open;
  button.textContent = open ? "收起" : button.dataset.name;
}

export default function () {
  if (window.mingshuSort) return;
  window.mingshuSort = true;
  document.addEventListener("click", (event) => {
    const heading = event.target.closest?.(".sortable th");
    if (heading) sort(heading);
    const button = event.target.closest?.(".unfold.rows");
    if (button) unfold(button);
  });
}
