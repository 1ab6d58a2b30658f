// The register: names while one types, a form sent once, U takes the last judgement back. Everything works without it.
"use strict";
(function () {
  function typing(target) {
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  for (const button of document.querySelectorAll("[data-ld-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  for (const form of document.querySelectorAll("form[data-ld-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
    });
    // back from the browser's own memory of pages: the form may be sent again
    window.addEventListener("pageshow", () => { delete form.dataset.sent; });
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "u" || event.key === "U") {
      const undo = document.querySelector("form[data-ld-undo]");
      if (undo) { event.preventDefault(); undo.requestSubmit(); }
    } else if (event.key === "/") {
      const search = document.querySelector("input[type=search]");
      if (search) { event.preventDefault(); search.focus(); }
    }
  });

  let number = 0;
  for (const field of document.querySelectorAll("[data-ld-suggest]")) {
    const list = document.createElement("datalist");
    list.id = "suggest-" + (number += 1);
    field.after(list);
    field.setAttribute("list", list.id);
    let waiting = 0;
    field.addEventListener("input", (event) => {
      if (event.isComposing) return;
      window.clearTimeout(waiting);
      waiting = window.setTimeout(async () => {
        const body = new URLSearchParams({ of: field.dataset.ldSuggest, q: field.value.trim() });
        body.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
        try {
          const answer = await fetch("/desk/directory/suggest", { method: "POST", body });
          if (!answer.ok) return;
          const { names } = await answer.json();
          list.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
        } catch {
          list.replaceChildren(); // no network: the name is read when the form is sent
        }
      }, 200);
    });
  }
})();
