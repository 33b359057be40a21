// Links within a page's text stay in the session, like the dashboard's own links, instead of reloading the page.
// A saved view (class anew) is reloaded: its filters must not be mixed with those of this session.
const NARROW = 768;  // pixels, from which Streamlit lays the menu beside the page

function follow(event) {
  const link = event.target.closest?.('a[href]:not([target]):not([download]):not(.anew)');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const place = new URL(link.href);
  if (place.origin !== location.origin) return;
  event.preventDefault();
  history.pushState(null, "", place);
  dispatchEvent(new PopStateEvent("popstate"));
  // A link with a # scrolls to the element with that key; any other one starts at the top.
  const part = place.hash && document.querySelector(`.st-key-${CSS.escape(place.hash.slice(1))}`);
  if (part) part.scrollIntoView({ block: "start" });
  else document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}

// On a narrow screen the menu lies over the page: it is put away when a page is chosen.
function putAwayMenu(event) {
  if (innerWidth > NARROW || !event.target.closest?.('[data-testid="stSidebarNavLink"]')) return;
  document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}

// Opening it folds away the sections that the page is not in; their heads open them, by keyboard too.
function foldMenu(event) {
  if (innerWidth > NARROW || !event.target.closest?.('[data-testid="stExpandSidebarButton"]')) return;
  requestAnimationFrame(() => {
    for (const head of document.querySelectorAll('[data-testid="stSidebarNav"] [data-testid="stNavSectionHeader"]')) {
      const section = head.parentElement;
      head.role = "button";
      head.tabIndex = 0;
      if (section.querySelector("li") && !section.querySelector('[aria-current="page"]')) head.click();
    }
  });
}

function openSection(event) {
  if (event.key === "Enter" && event.target.dataset?.testid === "stNavSectionHeader") event.target.click();
}

export default function () {
  if (window.mingshuWays) return;
  window.mingshuWays = true;
  document.addEventListener("click", follow);
  document.addEventListener("click", putAwayMenu);
  document.addEventListener("click", foldMenu);
  document.addEventListener("keydown", openSection);
}
