// Loads Plotly, in its smaller edition (scatter and bars), once; joined with what needs it.
function fetchLibrary(address) {
  window.mingshuPlotly ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => done(window.Plotly);
    script.onerror = failed;
    document.head.append(script);
  });
  return window.mingshuPlotly;
}
