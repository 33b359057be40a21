// Loads Plotly, in its smaller edition (scatter and bars), once; joined with what needs it. The page of a board may have
// begun to load it already.
function fetchLibrary(address) {
  window.mingshuPlotly ??= new Promise((done, failed) => {
    if (window.Plotly) {
      done(window.Plotly);
      return;
    }
    const begun = document.getElementById("ahead"), script = begun ?? document.createElement("script");
    script.addEventListener("load", () => done(window.Plotly));
    script.addEventListener("error", () => {
      script.remove();  // so that the next one tries again
      failed();
    });
    if (begun) return;
    script.src = address;
    document.head.append(script);
  });
  return window.mingshuPlotly;
}
