// The leader's screen and its lists: the button that prints. Without script the browser's own menu does.
"use strict";
for (const button of document.querySelectorAll("[data-ld-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
