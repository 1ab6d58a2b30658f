// Promises at the desk. Everything works without this file; it adds keys, a button that cannot be pressed twice, printing.
(function () {
  "use strict";
  var KEYS = "luodi-single-keys";

  function typing() {
    var at = document.activeElement;
    return !!at && (/^(INPUT|SELECT|TEXTAREA|BUTTON|SUMMARY)$/.test(at.tagName) || at.isContentEditable);
  }

  // single keys: J and K go along the list, / goes to the search; off by choice, and while somebody types
  var tasks = Array.prototype.slice.call(document.querySelectorAll("[data-ld-task]"));
  var hint = document.querySelector("[data-ld-keyhint]");
  var off = document.querySelector("[data-ld-keys-off]");
  var on = true;
  try { on = localStorage.getItem(KEYS) !== "off"; } catch (refused) { on = true; }
  if (hint && tasks.length) {
    hint.hidden = !on;
  }
  if (off) {
    off.addEventListener("click", function () {
      on = false;
      hint.hidden = true;
      try { localStorage.setItem(KEYS, "off"); } catch (refused) { return; }
    });
  }
  document.addEventListener("keydown", function (event) {
    if (!on || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || typing()) { return; }
    var at = tasks.indexOf(document.activeElement);
    if (event.key === "j" && tasks.length) {
      event.preventDefault();
      tasks[Math.min(at + 1, tasks.length - 1)].focus();
    } else if (event.key === "k" && tasks.length) {
      event.preventDefault();
      tasks[Math.max(at - 1, 0)].focus();
    } else if (event.key === "/") {
      var search = document.querySelector("[data-ld-search]");
      if (search) {
        event.preventDefault();
        if (search.closest("details")) { search.closest("details").open = true; }
        search.focus();
      }
    }
  });

  // a form that writes is sent once; the button keeps its width and says what is going on
  function busy(form, on) {
    Array.prototype.forEach.call(form.querySelectorAll("[data-ld-busy]"), function (sign) { sign.hidden = !on; });
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-ld-once") || event.defaultPrevented) { return; }
    if (form.dataset.ldSent) { event.preventDefault(); return; }
    form.dataset.ldSent = "1";
    busy(form, true);
    var button = event.submitter || form.querySelector("button[type=submit]");
    if (!button) { return; }
    button.style.width = button.offsetWidth + "px";
    button.dataset.ldWords = button.textContent;
    button.textContent = form.getAttribute("data-ld-once");
    button.setAttribute("aria-disabled", "true");
  });
  // somebody who comes back by the browser's own button may send again: the server takes it once
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) { return; }
    Array.prototype.forEach.call(document.querySelectorAll("form[data-ld-sent]"), function (form) {
      delete form.dataset.ldSent;
      busy(form, false);
      Array.prototype.forEach.call(form.querySelectorAll("[data-ld-words]"), function (button) {
        button.textContent = button.dataset.ldWords;
        button.removeAttribute("aria-disabled");
        button.style.width = "";
      });
    });
  });

  var print = document.querySelector("[data-ld-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", function () { window.print(); });
  }

  // a long entering goes on by itself, in short turns that show how far it is, until somebody stops it
  Array.prototype.forEach.call(document.querySelectorAll("input[data-ld-turn]"), function (turn) { turn.value = "short"; });
  var going = document.querySelector("form[data-ld-goes-on]");
  if (going) {
    var timer = window.setTimeout(function () { going.requestSubmit ? going.requestSubmit() : going.submit(); }, 400);
    var stop = document.querySelector("[data-ld-stop]");
    if (stop) {
      stop.hidden = false;
      stop.addEventListener("click", function () { window.clearTimeout(timer); stop.hidden = true; });
    }
  }
})();
