// Keys, focus and leases of the review queue. Everything here also works without it, by forms and links.
"use strict";
(() => {
  const EVERY = 60_000; // a lease lasts four minutes; an open page renews it each minute
  const TYPED = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";
  const part = () => document.getElementById("review");
  const said = document.getElementById("said");
  const say = (words) => { said.textContent = ""; said.textContent = words; };
  const isOn = () => part()?.dataset.keys === "on";
  let beat = 0;
  let left = "";

  // --- keys -----------------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || !part()) return;
    const field = event.target.closest?.(TYPED);
    if (event.key === "Escape") return escape(event, field);
    if (field) return sends(event, field);
    if (!isOn() || event.repeat || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (/^[1-9]$/.test(key) ? digit(key) : press(key)) event.preventDefault();
  });

  function escape(event, field) {
    const refuse = document.getElementById("refuse");
    if (refuse?.open && refuse.contains(document.activeElement)) {
      refuse.open = false;
      refuse.querySelector("summary").focus();
    } else if (refuse?.open) {
      refuse.open = false;
    } else if (field && part().contains(field)) {
      field.blur();
      document.getElementById("h")?.focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  // Enter in the title sends the form, as in any other field; with Shift it breaks the line.
  function sends(event, field) {
    if (event.key === "Enter" && !event.shiftKey && field.matches("[data-enter-sends]")) {
      event.preventDefault();
      field.form.requestSubmit();
    }
  }

  function digit(key) {
    const refuse = document.getElementById("refuse");
    if (refuse?.open) {
      const chosen = refuse.querySelector(`[data-reason="${key}"]`);
      if (chosen?.matches("input")) chosen.focus();
      else chosen?.click();
      return Boolean(chosen);
    }
    const asked = [...document.querySelectorAll("[data-doubt]")];
    const open = asked.find((each) => !each.querySelector("input:checked")) || asked[0];
    const radio = open?.querySelectorAll("input[type=radio]")[Number(key) - 1];
    if (!radio || radio.disabled) return false;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  function press(key) {
    const wanted = part().querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!wanted) return false;
    wanted.click();
    return true;
  }

  // --- what a press does besides sending ----------------------------------------
  document.addEventListener("click", (event) => {
    const help = event.target.closest?.("[data-help]");
    const dialog = document.getElementById("keys");
    if (help && dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    const edit = event.target.closest?.("[data-edit]");
    if (edit && !edit.form.contains(document.activeElement)) {
      event.preventDefault();
      first_to_edit(edit.form).focus();
      return;
    }
    const adopt = event.target.closest?.("[data-verb]");
    if (adopt && blocked()) {
      event.preventDefault();
      document.querySelector("[data-doubt]").focus();
      say(said.dataset.blocked);
    }
  });

  // The summary that opens the reasons or the search: what is asked next gets the focus.
  document.addEventListener("toggle", (event) => {
    const opened = event.target;
    if (!opened.open || !part()?.contains(opened)) return;
    if (opened.matches("details.ld-merge")) opened.querySelector("input[name=find]")?.focus();
  }, true);

  function first_to_edit(form) {
    if (form.querySelector("[data-as-promise]:not([open])")) return form.querySelector("[data-kind]");
    const fields = [...form.querySelectorAll("[name^=number-], [name^=lead-], [name^=due-]")];
    const wrong = form.querySelector("[aria-invalid]");
    return wrong || fields.find((each) => !each.value && each.matches("[name^=number-]") && document.querySelector("[data-doubt]"))
      || fields.find((each) => !each.value && each.matches("[name^=lead-]")) || form.querySelector("[name^=title-]");
  }

  function blocked() {
    const kind = document.querySelector("[data-kind]");
    if (kind && kind.value !== "commitment") return false;
    const number = document.querySelector('[name="number-0"]');
    return !number?.value && [...document.querySelectorAll("[data-doubt]")].some((each) => !each.querySelector("input:checked"));
  }

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.matches("[data-doubt] input")) choose(field);
    if (field.matches('[name="number-0"]')) unchoose(field);
    if (field.matches("[data-lead]")) follow(field);
    if (field.matches("[data-kind]")) {
      const fold = part().querySelector("[data-as-promise]");
      if (fold) fold.open = field.value === "commitment";
      for (const verb of part().querySelectorAll("[data-verb]")) {
        verb.querySelector("span").textContent = field.value === "commitment" ? verb.dataset.commitment : verb.dataset.other;
      }
    }
  });

  // A chosen reading of a damaged number goes into the field; nobody can tell: the field is emptied.
  function choose(radio) {
    const number = document.querySelector('[name="number-0"]');
    if (!number) return;
    number.value = radio.dataset.number;
    if (radio.dataset.unit) document.querySelector('[name="unit-0"]').value = radio.dataset.unit;
    const title = document.querySelector('[name="title-0"]');
    if (title.value.includes("▢")) title.dataset.whole = title.value;
    if (title.dataset.whole) title.value = radio.dataset.text === undefined ? title.dataset.whole : title.dataset.whole.replace("▢", radio.dataset.text);
    const why = document.getElementById("why");
    if (why && !blocked()) why.remove();
    if (radio.dataset.reads) say(radio.dataset.reads);
  }

  function unchoose(number) {
    for (const radio of document.querySelectorAll("[data-doubt] input:checked")) {
      if (radio.dataset.number !== number.value) radio.checked = false;
    }
  }

  // Another unit, another head of it, unless somebody wrote one.
  function follow(field) {
    const post = document.getElementById(field.dataset.lead);
    const option = [...document.querySelectorAll("#units option")]
      .find((each) => each.value === field.value || each.textContent === field.value);
    const heads = [...document.querySelectorAll("#units option")].map((each) => each.dataset.leader);
    if (post && option && (!post.value || heads.includes(post.value))) post.value = option.dataset.leader || "";
  }

  // --- sending --------------------------------------------------------------------
  document.addEventListener("submit", (event) => {
    if (!part()?.contains(event.target)) return;
    if (event.target.id === "f-adopt" && event.submitter?.name !== "more" && event.submitter?.name !== "less" && blocked()) {
      event.preventDefault();
      event.stopImmediatePropagation();
      document.querySelector("[data-doubt]").focus();
      say(said.dataset.blocked);
      return;
    }
    if (event.target.method === "post" && event.submitter) busy(event.submitter, true);
  }, true);

  function busy(button, is_busy) {
    const words = button.querySelector("span") || button;
    if (is_busy) {
      button.style.minWidth = `${button.offsetWidth}px`;
      button.dataset.words = button.innerHTML;
      button.setAttribute("aria-busy", "true");
      words.textContent = said.dataset.saving;
    } else if (button.dataset.words !== undefined) {
      button.innerHTML = button.dataset.words;
      button.removeAttribute("aria-busy");
    }
  }

  function failed(words) {
    for (const button of part()?.querySelectorAll("[aria-busy]") || []) busy(button, false);
    say(words);
    let note = document.getElementById("failed");
    if (!note) {
      note = document.createElement("div");
      note.id = "failed";
      note.className = "ld-error";
      part().prepend(note);
    }
    note.textContent = words;
  }

  document.addEventListener("htmx:sendError", () => failed(said.dataset.offline));
  document.addEventListener("htmx:responseError", () => failed(said.dataset.broken));
  // What is no part of the queue (the log-in after a long pause) is gone to, not put into the page.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "review" || event.detail.xhr.status >= 500) return;
    if (!/ id="review"/.test(event.detail.xhr.responseText)) {
      event.detail.shouldSwap = false;
      location.assign(event.detail.xhr.responseURL || location.href);
    }
  });

  // --- the next statement: focus, announcement, lease -----------------------------
  document.addEventListener("htmx:afterSettle", (event) => {
    if (part() && (event.detail.target?.id === "review" || event.target?.id === "review")) arrive(true);
  });

  function arrive(is_swapped) {
    const toast = part()?.querySelector("[data-said]");
    if (is_swapped) {
      scrollTo(0, 0);
      const faults = document.getElementById("faults");
      (faults || (find_open() ? document.getElementById("f-find") : document.getElementById("h")))?.focus({ preventScroll: !faults });
      if (toast) say(toast.querySelector("p").textContent);
    } else if (came_from_here() && document.activeElement === document.body) {
      document.getElementById("h")?.focus({ preventScroll: true });
    }
    clearInterval(beat);
    left = "";
    if (!part()?.dataset.hold) return;
    beat = setInterval(renew, EVERY);
    // the page before this one may have given the lease up after this one took it
    if (!is_swapped) renew();
  }

  // A form sent before the script had it in hand brings a whole page: reading goes on at its heading all the same.
  const came_from_here = () => document.referrer.startsWith(location.origin + "/desk/review");

  const find_open = () => new URLSearchParams(location.search).has("find");

  async function renew() {
    if (document.hidden) return;
    const address = part()?.dataset.hold;
    if (!address) return;
    const answer = await fetch(address, { method: "POST", body: token() }).catch(() => null);
    if (answer?.status === 409) {
      clearInterval(beat);
      failed(await answer.text());
    }
  }

  function token() {
    const form = new FormData();
    form.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value || "");
    return form;
  }

  addEventListener("pagehide", () => {
    const address = part()?.dataset.leave;
    if (address && address !== left) {
      left = address;
      navigator.sendBeacon(address, token());
    }
  });
  addEventListener("pageshow", (event) => { if (event.persisted) renew(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) renew(); });
  addEventListener("DOMContentLoaded", () => arrive(false));
  if (document.readyState !== "loading") arrive(false);
})();
