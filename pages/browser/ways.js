// Links among the words of a page go as the dashboard's own links do: within the session, without loading all anew.
// A saved view is opened anew (class anew): it must not be mixed with what this session was set to.
function follow(event) {
  const link = event.target.closest?.('a[href]:not([target]):not([download]):not(.anew)');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const place = new URL(link.href);
  if (place.origin !== location.origin) return;
  event.preventDefault();
  history.pushState(null, "", place);
  dispatchEvent(new PopStateEvent("popstate"));
  // A link with a # leads to what bears that key on the page; any other begins at the top.
  const part = place.hash && document.querySelector(`.st-key-${CSS.escape(place.hash.slice(1))}`);
  if (part) part.scrollIntoView({ block: "start" });
  else document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}

export default function () {
  if (window.mingshuWays) return;
  window.mingshuWays = true;
  document.addEventListener("click", follow);
}
