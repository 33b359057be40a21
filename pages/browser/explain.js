// A press on a figure: which one it is goes to the page, which opens the panel that explains it. What the button does not
// name itself, the row, the column or the table it stands in names; a mark of a drawing names it in its series.
function around(button) {
  const cell = button.closest("td"), table = button.closest("table");
  const column = cell && table?.tHead?.rows[0].cells[cell.cellIndex];
  return [button, button.closest("tr"), column, table].filter(Boolean).map((place) => place.dataset);
}

function asked(places) {
  const first = (read) => places.map(read).find(Boolean) ?? "";
  return {
    figure: first((place) => place.figure), unit: first((place) => place.unit), span: first((place) => place.span),
    target: first((place) => place.target), board: first((place) => place.board), panel: first((place) => place.panel),
    series: first((place) => place.series), mark: first((place) => place.mark),
  };
}

export default function ({ setTriggerValue }) {
  const ask = (places) => {
    const named = asked(places);
    if (named.figure || named.panel) setTriggerValue("pressed", named);
  };
  window.mingshuAsk = ask;  // that of the page that is open now
  if (!window.mingshuAsks) {
    window.mingshuAsks = true;
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.("button.why");
      if (button) window.mingshuAsk?.(around(button));
    });
  }
  return () => {
    if (window.mingshuAsk === ask) window.mingshuAsk = undefined;  // on a page where nothing is explained
  };
}
