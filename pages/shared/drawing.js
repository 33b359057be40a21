// A drawing by Plotly, whose smaller edition (scatter and bars) is fetched by the first one. A change of its numbers is
// drawn where it stands. A click on a mark that leads on is told to the page by what the mark carries.
const PLAIN = { displayModeBar: false, displaylogo: false, showSendToCloud: false, scrollZoom: false, responsive: true };

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

export default async function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".drawing");
  place.wanted = data;
  place.tell = (event) => event.points[0]?.customdata && setTriggerValue("picked", event.points[0].customdata[0]);
  place.style.height = `${data.spec.layout.height}px`;
  place.ariaLabel = data.said;
  const Plotly = await fetchLibrary(data.library);
  if (place.wanted !== data || !place.isConnected) return undefined;  // a later one has come, or nobody looks any more
  const first = !place.data;
  await Plotly.react(place, data.spec.data, data.spec.layout, PLAIN);
  for (const layer of place.querySelectorAll(".main-svg")) {  // so that paper, which is narrower, can show all of it
    layer.setAttribute("viewBox", `0 0 ${layer.width.baseVal.value} ${layer.height.baseVal.value}`);
  }
  if (first) place.on("plotly_click", (event) => place.wanted.leads && place.tell(event));
  return () => Plotly.purge(place);
}
