// A file chosen in input[type=file][data-ld-upload] is sent at once, piece by piece, and gone on with after the network or the page
// was gone: the server is asked first how far it is. The form then carries only the upload's key. Needs the templates of
// desk/evidence/device.html and sha256.js; without this script the plain form sends the file itself.
(() => {
  "use strict";
  const BASE = "/desk/evidence/upload";
  const SMALLEST = 64 * 1024;
  const LARGEST = 512 * 1024;
  const WAITS = [1, 2, 4, 8, 15, 30]; // seconds between tries
  const PATIENCE = 60000; // milliseconds for one piece
  const account = document.querySelector("meta[name='ld-account']")?.content || "";
  const pattern = document.getElementById("ld-upload");
  if (!account || !pattern || !window.fetch || !window.LuodiSha256) return;

  const words = (name, given = {}) =>
    (pattern.dataset[name] || "").replace(/\{(\w+)\}/g, (_, word) => given[word] ?? "");

  const sized = (bytes) => (bytes < 1e6 ? Math.max(1, Math.round(bytes / 1e3)) + " KB" : (bytes / 1e6).toFixed(1) + " MB");

  // the file itself outlives a reload here; a photo taken for the form may be nowhere else
  const shelf = (mode, act) =>
    new Promise((resolve) => {
      if (!window.indexedDB) return resolve(undefined);
      const opening = indexedDB.open("ld-uploads", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("files");
      opening.onerror = () => resolve(undefined);
      opening.onsuccess = () => {
        const database = opening.result;
        database.onversionchange = () => database.close();
        try {
          const asked = act(database.transaction("files", mode).objectStore("files"));
          asked.onsuccess = () => resolve(asked.result);
          asked.onerror = () => resolve(undefined);
          asked.transaction.oncomplete = () => database.close();
        } catch {
          database.close();
          resolve(undefined);
        }
      };
    });

  class Refused extends Error {}
  class LoggedOut extends Error {}

  class Upload {
    constructor(input) {
      this.input = input;
      this.form = input.form;
      this.record = "ld-upload:" + account + ":" + location.pathname + ":" + input.name;
      this.state = "none"; // none | sending | broken | refused | whole
      this.tries = 0;
      this.panel = pattern.content.firstElementChild.cloneNode(true);
      this.part = (name) => this.panel.querySelector("[data-" + name + "]");
      this.part("again").addEventListener("click", () => this.file ? this.run() : input.click());
      this.part("cancel").addEventListener("click", () => this.cancel());
      this.panel.hidden = true;
      input.after(this.panel);
      input.addEventListener("change", () => input.files.length && this.choose(input.files[0]));
      this.form.addEventListener("submit", (event) => this.submitted(event));
      window.addEventListener("online", () => this.state === "broken" && this.file && this.run());
      window.addEventListener("offline", () => this.state === "sending" && this.stop?.abort());
      this.resume();
    }

    // ---- what is remembered on this device

    remembered() {
      try {
        return JSON.parse(localStorage.getItem(this.record)) || {};
      } catch {
        return {};
      }
    }

    remember(more) {
      this.known = { ...this.known, ...more };
      try {
        localStorage.setItem(this.record, JSON.stringify(this.known));
      } catch {
        return; // then it is not gone on with after a reload
      }
    }

    forget() {
      this.known = {};
      try {
        localStorage.removeItem(this.record);
      } catch {
        return;
      }
      shelf("readwrite", (files) => files.delete(this.record));
    }

    // ---- what a person does

    async resume() {
      const given = this.form.elements[this.input.name + "-upload"];
      this.known = given ? { key: given.value, name: given.dataset.name, size: Number(given.dataset.size) } : this.remembered();
      if (!this.known.key) return;
      given?.closest("[data-ld-held]")?.remove();
      const file = await shelf("readonly", (files) => files.get(this.record));
      this.file = file && file.size === this.known.size ? file : null;
      await this.run();
    }

    choose(file) {
      const known = this.known || {};
      const isSame = known.key && known.name === file.name && known.size === file.size && (!known.modified || known.modified === file.lastModified);
      if (!isSame) this.known = { name: file.name, size: file.size, modified: file.lastModified };
      this.file = file;
      this.remember({});
      shelf("readwrite", (files) => files.put(file, this.record));
      this.run();
    }

    cancel() {
      const key = this.known?.key;
      this.stop?.abort();
      clearTimeout(this.waiting);
      this.forget();
      this.file = null;
      this.state = "none";
      this.carry("");
      this.input.value = "";
      this.panel.hidden = true;
      this.input.focus();
      if (key) this.ask("/" + key + "/cancel", new URLSearchParams()).catch(() => {}); // else it is swept within a day
    }

    submitted(event) {
      if (this.state === "sending" || this.state === "broken") {
        event.preventDefault();
        this.say(words("wait", this.known), true);
        this.panel.scrollIntoView({ block: "center" });
      } else if (this.state === "whole") {
        this.remember({ sent: true });
      }
    }

    // ---- sending

    async run() {
      if (this.running) return;
      this.running = true;
      clearTimeout(this.waiting);
      this.stop = new AbortController();
      this.show("sending");
      try {
        await this.send();
        this.tries = 0;
      } catch (fault) {
        this.failed(fault);
      } finally {
        this.running = false;
      }
    }

    async send() {
      let offset = 0;
      if (this.known.key) {
        const answer = await this.ask("/" + this.known.key);
        if (answer.code === "upload-gone") {
          const wasSent = this.known.sent;
          if (wasSent || !this.file) return this.gone(wasSent);
          this.remember({ key: "" });
        } else if (answer.code) throw new Refused(answer.message);
        else if (answer.words) return this.whole(answer);
        else offset = answer.offset;
      }
      if (!this.file) return this.lost(offset);
      if (!this.known.key) {
        const { name, size } = this.known;
        const answer = await this.ask("", new URLSearchParams({ name, size }));
        if (answer.code) throw new Refused(answer.message);
        this.remember({ key: answer.key, sent: false });
      }
      await this.pieces(offset);
    }

    async pieces(offset) {
      let digest = await this.digestTo(offset);
      let large = SMALLEST;
      this.progress(offset);
      while (offset < this.file.size) {
        const piece = new Uint8Array(await this.file.slice(offset, offset + large).arrayBuffer());
        const began = Date.now();
        const answer = await this.ask("/" + this.known.key + "?at=" + offset, piece);
        if (answer.code) throw new Refused(answer.message);
        if (answer.offset === offset + piece.length) digest.add(piece);
        else digest = await this.digestTo(answer.offset);
        offset = answer.offset;
        this.tries = 0;
        const took = Date.now() - began;
        large = took < 1000 ? Math.min(LARGEST, large * 2) : took > 6000 ? Math.max(SMALLEST, large / 2) : large;
        this.progress(offset);
      }
      const answer = await this.ask("/" + this.known.key + "/end", new URLSearchParams({ sha256: digest.hex() }));
      if (answer.code) throw new Refused(answer.message);
      this.whole(answer);
    }

    async digestTo(offset) {
      const digest = new window.LuodiSha256();
      for (let at = 0; at < offset; at += LARGEST)
        digest.add(new Uint8Array(await this.file.slice(at, Math.min(offset, at + LARGEST)).arrayBuffer()));
      return digest;
    }

    async ask(path, body) {
      const timer = setTimeout(() => this.stop.abort(), PATIENCE);
      try {
        const answer = await fetch(BASE + path, {
          method: body ? "POST" : "GET",
          body,
          signal: path.endsWith("/cancel") ? undefined : this.stop.signal,
          headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken?.value || "" },
        });
        const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
        if (answer.redirected || answer.status === 403) throw new LoggedOut();
        if (!isOurs) throw new Error("status " + answer.status);
        return await answer.json();
      } finally {
        clearTimeout(timer);
      }
    }

    // ---- what is seen

    show(state) {
      this.state = state;
      this.panel.hidden = false;
      this.panel.dataset.state = state;
      this.part("progress").hidden = state !== "sending" && state !== "broken";
      this.part("again").hidden = state !== "broken";
      this.part("cancel").textContent = words(state === "whole" ? "swap" : "cancel");
      this.part("seen").replaceChildren();
      this.input.hidden = state !== "refused";
      this.input.disabled = state === "whole";
      if (state === "sending") this.say(words("sending", this.known), true);
    }

    say(text, aloud) {
      this.part("words").textContent = text;
      if (aloud) this.part("aloud").textContent = text;
    }

    progress(offset) {
      const { name, size } = this.known;
      const bar = this.part("progress");
      [bar.max, bar.value] = [size, offset];
      this.say(words("progress", { name, done: sized(offset), size: sized(size), share: Math.floor((100 * offset) / size) }));
    }

    failed(fault) {
      if (this.state === "none") return; // cancelled meanwhile
      if (fault instanceof Refused) {
        this.show("refused");
        this.say(fault.message, true);
        this.part("cancel").textContent = words("close");
        this.forget();
        this.file = null;
        this.input.value = "";
        return;
      }
      this.show("broken");
      if (fault instanceof LoggedOut) return this.say(words("loggedout", this.known), true);
      const wait = WAITS[Math.min(this.tries, WAITS.length - 1)];
      this.tries += 1;
      this.say(words(navigator.onLine ? "broken" : "offline", { ...this.known, wait }), true);
      if (navigator.onLine) this.waiting = setTimeout(() => this.run(), wait * 1000);
    }

    lost(offset) {
      this.show("broken");
      this.input.hidden = false;
      this.part("again").hidden = true;
      this.progress(offset);
      this.say(words("choose", { ...this.known, share: Math.floor((100 * offset) / this.known.size) }), true);
    }

    gone(wasSent) {
      const name = this.known.name;
      this.forget();
      this.state = "none";
      this.panel.hidden = true;
      this.input.hidden = false;
      this.input.disabled = false;
      if (wasSent) return;
      this.panel.hidden = false;
      this.part("progress").hidden = this.part("again").hidden = true;
      this.say(words("gone", { name }), true);
    }

    whole(told) {
      this.show("whole");
      this.remember({ sent: false });
      shelf("readwrite", (files) => files.delete(this.record));
      this.input.hidden = true;
      this.carry(this.known.key);
      this.say([words("whole", { name: told.name, size: sized(told.size), kind: told.words }), ...told.notes].join(" "), true);
      for (const each of told.seen) {
        const line = document.createElement("li");
        const link = (href, text) => Object.assign(document.createElement("a"), { href, textContent: text, target: "_blank" });
        line.append(each.words, link(each.href, each.title));
        if (each.look) line.append(" ", link(each.look, words("look")));
        this.part("seen").append(line);
      }
      if (told.seen.length) this.part("aloud").textContent += " " + told.seen[0].words + told.seen[0].title;
    }

    carry(key) {
      this.input.disabled = Boolean(key);
      this.input.hidden = Boolean(key);
      this.carried?.remove();
      if (!key) return;
      this.carried = Object.assign(document.createElement("input"), { type: "hidden", name: this.input.name + "-upload", value: key });
      this.form.append(this.carried);
    }
  }

  document.querySelectorAll("input[type=file][data-ld-upload]").forEach((input) => input.form && new Upload(input));
})();
