// What is typed into a form[data-ld-draft] stays on this device until the form is accepted, the account logs out, two weeks pass,
// or somebody else works at this machine half a day later.
// Kept by account, path and what the form is about (its hidden fields say); never passwords, files or hidden fields themselves.
// The server says by a cookie which draft was accepted.
(() => {
  "use strict";
  const PREFIX = "ld-draft:";
  const LASTS = 14 * 24 * 3600 * 1000;
  const OTHERS_LAST = 12 * 3600 * 1000; // as long as a log-in: what somebody else left on a shared machine goes then
  const SENT = "ld-draft-sent";
  const NEVER = ["password", "file", "hidden", "submit", "button", "reset", "image"];
  // hidden fields that differ each time the form is shown, or say what was uploaded: they do not tell what it is about
  const PASSING = /^(csrfmiddlewaretoken|key|version|seen|ld-draft|.*-upload)$/;
  const account = document.querySelector("meta[name='ld-account']")?.content || "";
  let store;
  try {
    store = window.localStorage;
    store.getItem(PREFIX);
  } catch {
    return; // a browser that keeps nothing: the form works as it always did
  }

  const keys = (prefix) => Object.keys(store).filter((key) => key.startsWith(prefix));

  const read = (key) => {
    try {
      const held = JSON.parse(store.getItem(key));
      return held && Array.isArray(held.values) ? held : null;
    } catch {
      return null;
    }
  };

  const fields = (form) =>
    [...form.elements].filter((each) => each.name && !NEVER.includes(each.type) && !each.disabled && !each.closest("[data-ld-no-draft]"));

  const valueOf = (field) => (field.type === "checkbox" || field.type === "radio" ? field.checked : field.value);

  // [name, place among fields of that name, value], so that several fields of one name keep apart
  const valuesOf = (form) => {
    const seen = {};
    return fields(form).map((field) => {
      seen[field.name] = (seen[field.name] ?? -1) + 1;
      return [field.name, seen[field.name], valueOf(field)];
    });
  };

  const putBack = (form, values) => {
    for (const [name, place, value] of values) {
      const field = fields(form).filter((each) => each.name === name)[place];
      if (!field) continue;
      if (typeof value === "boolean") field.checked = value;
      else field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  const forget = () => {
    for (const key of [...keys(PREFIX + account), ...keys("ld-upload:" + account)]) store.removeItem(key);
    window.indexedDB?.deleteDatabase("ld-uploads");
  };

  const clearAccepted = () => {
    const token = document.cookie.split("; ").find((each) => each.startsWith(SENT + "="))?.split("=")[1];
    if (!token) return;
    document.cookie = SENT + "=; path=/desk/; max-age=0; samesite=lax";
    for (const key of keys(PREFIX)) if (read(key)?.token === token) store.removeItem(key);
  };

  const clearOld = () => {
    for (const key of keys(PREFIX)) {
      const lasts = !account || key.startsWith(PREFIX + account + ":") ? LASTS : OTHERS_LAST;
      if (!(Date.now() - (read(key)?.saved ?? 0) < lasts)) store.removeItem(key);
    }
  };

  const offer = (form, key, held) => {
    const bar = document.getElementById("ld-draft-bar").content.firstElementChild.cloneNode(true);
    const when = new Date(held.saved);
    const clock = when.getHours() + ":" + String(when.getMinutes()).padStart(2, "0");
    bar.querySelector("[data-when]").textContent = when.getMonth() + 1 + "-" + when.getDate() + " " + clock;
    bar.querySelector("[data-take]").addEventListener("click", () => {
      putBack(form, held.values);
      bar.remove();
      fields(form)[0]?.focus();
    });
    bar.querySelector("[data-drop]").addEventListener("click", () => {
      store.removeItem(key);
      bar.remove();
      fields(form)[0]?.focus();
    });
    form.before(bar);
  };

  // one address may serve a form about this promise or that one, about this year or the next
  const aboutOf = (form) =>
    [...form.elements]
      .filter((each) => each.type === "hidden" && each.name && each.value && !PASSING.test(each.name))
      .map((each) => "&" + each.name + "=" + each.value)
      .join("");

  const tend = (form, at) => {
    const key = PREFIX + account + ":" + location.pathname + "#" + (form.id || at) + aboutOf(form);
    const began = JSON.stringify(valuesOf(form));
    const held = read(key);
    const token = held?.token || [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const mark = Object.assign(document.createElement("input"), { type: "hidden", name: "ld-draft", value: token });
    form.append(mark);
    if (held && JSON.stringify(held.values) !== began) offer(form, key, held);
    let waiting = 0;
    const keep = () => {
      clearTimeout(waiting);
      const values = valuesOf(form);
      if (JSON.stringify(values) === began) return;
      try {
        store.setItem(key, JSON.stringify({ token, saved: Date.now(), values }));
      } catch {
        return; // the device is full: what is on the screen is still there
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(keep, 300);
    });
    form.addEventListener("change", keep);
    form.addEventListener("submit", keep);
    window.addEventListener("pagehide", () => waiting && keep());
  };

  clearAccepted();
  clearOld();
  document.querySelectorAll("form[data-ld-forget]").forEach((form) => form.addEventListener("submit", forget));
  if (account) document.querySelectorAll("form[data-ld-draft]").forEach(tend);
})();
