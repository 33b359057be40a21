// A sheet as sent is scrolled sideways to the cell that is meant; the page itself stays where it is.
export default function ({ parentElement }) {
  const around = parentElement.closest('[data-testid="stVerticalBlock"]') ?? document;
  for (const here of around.querySelectorAll(".sheet td.here")) {
    const sheet = here.closest(".sheet");
    sheet.scrollLeft = here.offsetLeft + here.offsetWidth / 2 - sheet.clientWidth / 2;
  }
}
