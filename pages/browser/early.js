// Loads Plotly on a page that will draw, while the server still works out what.
export default function ({ data }) {
  fetchLibrary(data).catch(() => { window.mingshuPlotly = undefined; });
}
