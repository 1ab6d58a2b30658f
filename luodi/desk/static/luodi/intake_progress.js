/* The page of a batch turns its moving parts over every two seconds, as long as something goes on. */
"use strict";

(() => {
  const now = document.getElementById("now");
  if (!now) return;
  const EVERY = 2000;
  const SLOWER = 15000; // when the page is not looked at, or the line is bad

  const swap = (fresh) => {
    for (const part of fresh.querySelectorAll("[data-live]")) {
      const old = now.querySelector(`[data-live="${part.getAttribute("data-live")}"]`);
      // forms carry a token that is another each time: they change only with the state
      const key = part.getAttribute("data-key");
      if (key && key === old.getAttribute("data-key")) continue;
      // whoever stands in a part, or has marked text in it, is not pulled away
      const chosen = window.getSelection();
      const marked = chosen && !chosen.isCollapsed && old.contains(chosen.anchorNode);
      if (old.innerHTML !== part.innerHTML && !old.contains(document.activeElement) && !marked) {
        old.replaceChildren(...part.childNodes);
        if (key) old.setAttribute("data-key", key);
      }
    }
    now.setAttribute("data-state", fresh.getAttribute("data-state"));
  };

  const moves = () => ["working", "receiving"].includes(now.getAttribute("data-state"));

  const turn = async () => {
    if (!moves()) return;
    let next = document.hidden ? SLOWER : EVERY;
    try {
      const answer = await fetch(now.getAttribute("data-from") + location.search, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("now");
        if (fresh) swap(fresh);
      } else {
        next = SLOWER;
      }
    } catch {
      next = SLOWER;
    }
    if (moves()) setTimeout(turn, next);
    else document.title = now.querySelector("h1").textContent;
  };

  setTimeout(turn, EVERY);
})();
