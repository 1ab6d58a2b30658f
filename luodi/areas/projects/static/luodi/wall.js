// The wall, hung up for weeks: what is fetched anew replaces what is shown only where it is a wall again; else the old one stays
// and says why. A light picks its projects in place where all of them are on the screen; other steps replace the wall. Without this script all of it works by whole pages.
(function () {
  "use strict";

  function stale(why) {
    const box = document.getElementById("wall-stale");
    if (!box) return;
    box.textContent = why ? box.dataset[why] : "";
    box.hidden = !why;
  }

  let only = "";

  function pick() {
    const wall = document.querySelector("#wall[data-whole]");
    if (!wall) return;
    wall.querySelectorAll(".ld-wall tbody tr").forEach(function (row) {
      const hide = only !== "" && row.dataset.tone !== only;
      if (row.hidden !== hide) row.hidden = hide;
    });
    wall.querySelectorAll(".ld-lamps a").forEach(function (lamp) {
      if (lamp.dataset.tone === only) lamp.setAttribute("aria-current", "true");
      else lamp.removeAttribute("aria-current");
    });
  }

  // before htmx hears of it
  document.addEventListener("click", function (event) {
    const lamp = event.target.closest("#wall[data-whole] .ld-lamps a");
    if (!lamp || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    only = only === lamp.dataset.tone ? "" : lamp.dataset.tone;
    pick();
  }, true);
  document.addEventListener("htmx:afterSwap", pick);

  document.addEventListener("htmx:beforeSwap", function (event) {
    const detail = event.detail;
    if (!detail.target || detail.target.id !== "wall") return;
    // a log-in that has run out leads to another page, a server that is being started to none
    if (!detail.xhr.responseText.includes('id="wall"')) {
      detail.shouldSwap = false;
      stale(detail.xhr.status < 400 ? "gone" : "offline");
    } else {
      stale("");
    }
  });
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach(function (name) {
    document.addEventListener(name, function () { stale("offline"); });
  });
})();
