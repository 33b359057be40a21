// A drawing by Plotly, whose smaller edition (scatter and bars) is fetched by the first one. A change of its numbers is
// drawn where it stands. A click on a mark that leads on is told to the page by what the mark carries.
const PLAIN = { displayModeBar: false, displaylogo: false, showSendToCloud: false, scrollZoom: false, responsive: true };
const LACKING = "图没有取来。请刷新页面；仍不行的，请告诉管理员。";

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

// Paper is narrower than the screen: what is drawn is made smaller there, not cut off.
function letShrink(place) {
  for (const layer of place.querySelectorAll(".main-svg")) {
    layer.setAttribute("viewBox", `0 0 ${layer.width.baseVal.value} ${layer.height.baseVal.value}`);
  }
}

async function draw(Plotly, place, { spec }) {
  const first = !place.data;
  if (first) place.replaceChildren();
  await Plotly.react(place, spec.data, spec.layout, PLAIN);
  letShrink(place);
  if (!first) return;
  place.on("plotly_afterplot", () => letShrink(place));
  place.on("plotly_click", (event) => place.tell(event.points[0]?.customdata?.[0]));
}

export default async function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".drawing");
  place.wanted = data;
  place.tell = (mark) => data.leads && mark && setTriggerValue("picked", mark);
  place.style.height = `${data.spec.layout.height}px`;
  place.ariaLabel = data.said;
  const Plotly = await fetchLibrary(data.library).catch(() => undefined);
  if (!Plotly) {
    window.mingshuPlotly = undefined;  // the next one tries again
    place.textContent = LACKING;
    return undefined;
  }
  // Meanwhile a later one may have come, or the reader may have gone on.
  if (place.wanted === data && place.isConnected) await draw(Plotly, place, data);
  return () => place.isConnected || Plotly.purge(place);  // called too where a later one has taken this one's place
}
