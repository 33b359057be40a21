// 投影: the keys of a remote control and of a keyboard press the buttons on the screen.
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
  const button = name && !typing && !native && !event.ctrlKey && !event.metaKey && !event.altKey && find(name);
  if (!button) return;
  event.preventDefault();
  if (!button.disabled) button.click();
}

function fill(event) {
  if (!event.target.closest?.(".st-key-show-full button")) return;
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

export default function () {
  if (window.mingshuKeys) return;
  window.mingshuKeys = true;
  document.addEventListener("keydown", press);
  document.addEventListener("click", fill, true);
}
