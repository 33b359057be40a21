// A press on a figure: which one it is goes to the page, which opens the panel that explains it. What the button does not
// name itself, the row, the column or the table it stands in names.
function asked(button) {
  const cell = button.closest("td"), table = button.closest("table");
  const column = cell && table?.tHead?.rows[0].cells[cell.cellIndex];
  const places = [button, button.closest("tr"), column, table].filter(Boolean).map((place) => place.dataset);
  const first = (read) => places.map(read).find(Boolean) ?? "";
  return {
    figure: first((place) => place.figure), unit: first((place) => place.unit),
    span: first((place) => place.span), target: first((place) => place.target),
  };
}

export default function ({ setTriggerValue }) {
  const begun = Boolean(window.mingshuAsk);
  window.mingshuAsk = (button) => setTriggerValue("pressed", asked(button));  // that of the page that is open now
  if (begun) return;
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.why");
    if (button) window.mingshuAsk(button);
  });
}
