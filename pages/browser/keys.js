// 投影: the keys of a remote control and of a keyboard press the buttons on the screen, which go away when the mouse
// rests. What has the focus by keyboard stays, as show.css says.
const REST = 3000;  // milliseconds
const BUTTONS = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
  ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Home: "first", End: "last", Escape: "leave",
};

function find(name) {
  return document.querySelector(`.st-key-show-${name} button, .st-key-show-${name} a`);
}

function press(event) {
  const name = BUTTONS[event.key];
  const typing = event.target.closest?.("input, textarea, [role='combobox']");
  const native = (event.key === " " || event.key === "Enter") && event.target.closest?.("button, a");
  const explaining = document.querySelector("[role='dialog']");  // the panel of a number: its keys are its own
  const ours = name && !typing && !native && !explaining && !event.ctrlKey && !event.metaKey && !event.altKey;
  const button = ours && find(name);
  if (!button) return;
  event.preventDefault();
  if (!button.disabled) button.click();
}

function fill(event) {
  if (!event.target.closest?.(".st-key-show-full button")) return;
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

let resting;

function wake() {
  delete document.documentElement.dataset.resting;
  clearTimeout(resting);
  resting = setTimeout(() => { document.documentElement.dataset.resting = "yes"; }, REST);
}

export default function () {
  wake();
  if (window.mingshuKeys) return;
  window.mingshuKeys = true;
  document.addEventListener("keydown", press);
  document.addEventListener("click", fill, true);
  for (const moved of ["mousemove", "touchstart"]) document.addEventListener(moved, wake, { passive: true });
}
