/* Sending many files of a batch one by one, in parts, going on where it broke off; each is known by its SHA-256.
   Used by intake.js. Needs sha256.js. */
"use strict";

(() => {
  const form = document.getElementById("give");
  if (!form || !window.LuodiSha256 || !window.fetch) return;

  const words = JSON.parse(document.getElementById("intake-words").textContent);
  const limits = Object.fromEntries(
    ["file", "archive", "part", "files"].map((name) => [name, Number(form.getAttribute("data-limits-" + name))]),
  );
  const part = (id) => document.getElementById(id);
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const SLICE = 1 << 20; // bytes read at once for the hash
  const SMALLEST = 1 << 18; // of a part
  const TOGETHER = 50; // files asked about in one question
  const TOGETHER_BYTES = 32e6;
  const PATIENCE = 60000; // milliseconds for one part
  const SHOWN = 200; // files listed
  const TRIES = 3; // of a file that comes otherwise than it was
  const LIST = /(^|\/)((网址|地址|链接|来源)(清单|列表|表|对照表)?|(url|link|address|source)e?s?)\.(txt|csv|tsv|xlsx)$/i;

  const say = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const count = (n) => n.toLocaleString("en-US");
  const size = (bytes) => (bytes < 1e6 ? `${count(Math.ceil(bytes / 1e3))} KB` : `${count(Math.round(bytes / 1e5) / 10)} MB`);
  const time = (seconds) =>
    seconds < 60 ? say("seconds", { n: Math.max(1, Math.round(seconds)) }) : say("minutes", { n: Math.ceil(seconds / 60) });
  const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

  // sending

  class Broken extends Error {} // the line; worth another try
  class Refused extends Error { // said by the server, in words
    constructor(words_, code = "") {
      super(words_);
      this.code = code;
    }
  }

  const post = async (address, body, headers = {}) => {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    let answer;
    try {
      answer = await fetch(address, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": token, Accept: "application/json", ...headers },
        credentials: "same-origin",
        signal: patience.signal,
      });
      if (answer.redirected || answer.status === 403) throw new Refused(words.logged_out);
      if (answer.status >= 500) throw new Broken(String(answer.status));
      const told = await answer.json();
      if (!answer.ok) throw new Refused(told.words, told.code);
      return told;
    } catch (fault) {
      if (fault instanceof Refused) throw fault;
      throw new Broken(String(fault));
    } finally {
      clearTimeout(timer);
    }
  };

  const hashed = async (file) => {
    const hash = new window.LuodiSha256();
    for (let at = 0; at < file.size; at += SLICE) {
      hash.add(new Uint8Array(await file.slice(at, at + SLICE).arrayBuffer()));
    }
    return hash.hex();
  };

  const well = (name) => (name.isWellFormed && !name.isWellFormed() ? name.toWellFormed() : name);

  class Sending {
    constructor(files, batch) {
      this.files = files.map(({ file, name }) => ({ file, name: well(name), sha: "", at: 0, state: "waiting", why: "" }));
      // lists of addresses first, so that they are known when the pages come
      this.files.sort((a, b) => LIST.test(b.name) - LIST.test(a.name));
      this.batch = batch;
      this.bytes = this.files.reduce((sum, each) => sum + each.file.size, 0);
      this.sent = 0; // bytes over the line
      this.skipped = 0; // bytes that were there
      this.since = performance.now();
      // what a small request takes, whatever is in it, and how fast large ones go: together they tell how long it will be
      this.small = { parts: 0, seconds: 0 };
      this.large = { bytes: 0, seconds: 0 };
      this.most = SMALLEST;
      this.stopped = false;
      this.tries = 0;
      this.told = 0;
    }

    get come() { return this.files.filter((each) => each.state !== "waiting" && each.state !== "failed").length; }

    async run() {
      for (let start = 0; start < this.files.length;) {
        const bunch = [];
        for (let bytes = 0; start < this.files.length && bunch.length < TOGETHER && bytes < TOGETHER_BYTES; start += 1) {
          bunch.push(this.files[start]);
          bytes += this.files[start].file.size;
        }
        await this.look(bunch, start);
        for (const each of bunch) if (each.state === "waiting") await this.send(each);
      }
      await this.trying(() => post(`/desk/intake/${this.batch}/sent`, new FormData()));
    }

    /* Hash a bunch and ask what of it is there. */
    async look(bunch, start) {
      for (const each of bunch) {
        if (each.file.size && each.file.size <= this.largest(each)) {
          try {
            each.sha = await hashed(each.file);
          } catch {
            this.fail(each, words.unreadable);
          }
        }
        this.show(each);
      }
      const asked = bunch.filter((each) => each.sha && each.state === "waiting");
      if (!asked.length) return;
      const body = JSON.stringify(asked.map((each) => [each.name, each.sha, each.file.size]));
      const told = await this.trying(() => post(`/desk/intake/${this.batch}/have`, body, { "Content-Type": "application/json" }));
      told.files.forEach((one, index) => {
        const each = asked[index];
        each.at = one.from || 0;
        this.skipped += one.state === "more" ? each.at : each.file.size;
        if (one.state !== "more") this.settle(each, one.state === "there" ? "known" : one.state, one.words);
      });
      this.tell(words.reading, start);
    }

    largest(each) { return /\.(zip|tar|tgz|gz)$/i.test(each.name) ? limits.archive : limits.file; }

    /* Send one file, part by part. What the server refuses by name or size is told to it without its bytes. */
    async send(each) {
      const bytes = each.file.size;
      const bare = !each.sha;
      for (;;) {
        await this.rest();
        const end = bare ? each.at : Math.min(each.at + this.most, bytes);
        const started = performance.now();
        let told;
        try {
          const body = await each.file.slice(each.at, end).arrayBuffer();
          told = await this.trying(() => post(
            `/desk/intake/${this.batch}/part/${each.sha || "none"}?size=${bytes}&from=${each.at}`,
            body,
            { "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(each.name) },
          ));
        } catch (fault) {
          if (fault instanceof Refused && fault.code === "upload-damaged") {
            // hurt on its way, or the file was changed since it was looked at
            each.at = 0;
            each.hurt = (each.hurt || 0) + 1;
            if (each.hurt < TRIES) continue;
          } else if (fault instanceof Refused) {
            throw fault;
          }
          this.fail(each, fault instanceof Refused ? fault.message : words.unreadable);
          return;
        }
        this.sent += end - each.at;
        this.adapt(end - each.at, (performance.now() - started) / 1000);
        if (told.state !== "more") {
          each.at = bytes;
          this.settle(each, told.state, told.words);
          return;
        }
        each.at = told.from;
        this.show(each);
        this.tell(words.sending);
      }
    }

    /* A part should take about a second: small on a bad line, so that little is lost, large on a good one. */
    adapt(bytes, seconds) {
      if (bytes < SMALLEST / 4) {
        this.small.parts += 1;
        this.small.seconds += seconds;
      } else {
        this.large.bytes += bytes;
        this.large.seconds += seconds;
      }
      if (bytes < this.most) return;
      if (seconds < 0.7) this.most = Math.min(this.most * 2, limits.part);
      if (seconds > 3) this.most = Math.max(this.most / 2, SMALLEST);
    }

    /* Do it until the line holds. */
    async trying(act) {
      for (;;) {
        await this.rest();
        try {
          const told = await act();
          this.tries = 0;
          return told;
        } catch (fault) {
          if (!(fault instanceof Broken)) throw fault;
          this.tries += 1;
          const seconds = Math.min(2 ** (this.tries - 1), 30);
          this.most = SMALLEST;
          part("sending-said").textContent = say("broken", { seconds, n: this.tries });
          await pause(seconds);
          part("sending-said").textContent = "";
        }
      }
    }

    async rest() {
      while (this.stopped) await new Promise((resolve) => { this.goOn = resolve; });
    }

    turn() {
      this.stopped = !this.stopped;
      part("sending-stop").textContent = this.stopped ? words.go_on : words.stop;
      const values = { n: count(this.come), of: count(this.files.length) };
      part("sending-said").textContent = this.stopped ? say("paused", values) : "";
      if (!this.stopped && this.goOn) this.goOn();
    }

    settle(each, state, why = "") {
      each.state = state;
      each.why = state === "refused" ? why : "";
      this.show(each);
      this.tell(words.sending);
    }

    fail(each, why) {
      each.state = "failed";
      each.why = why;
      this.show(each);
    }

    tell(pattern, at = this.come) {
      // of very many files not each one is told
      const moment = performance.now();
      if (this.files.length > 500 && moment - this.told < 200) return;
      this.told = moment;
      const bar = part("sending-bar");
      bar.max = Math.max(this.bytes, 1);
      bar.value = this.files.reduce((sum, each) => sum + (each.state === "waiting" ? each.at : each.file.size), 0);
      const values = { n: count(Math.min(at, this.files.length)), of: count(this.files.length) };
      part("sending-head").textContent = pattern.replace(/\{(\w+)\}/g, (_, key) => values[key]);
      const seconds = (performance.now() - this.since) / 1000;
      const spoken = { sent: size(bar.value), size: size(this.bytes), rate: size(this.sent / Math.max(seconds, 0.1)) };
      const left = this.left();
      part("sending-speed").textContent = this.sent ? say("speed", spoken) + (left ? say("left", { left: time(left) }) : "") : "";
    }

    /* About how many seconds are left; 0 where too little was sent to tell. */
    left() {
      let seconds = 0;
      for (const each of this.files) {
        if (each.state !== "waiting") continue;
        const bytes = each.file.size - each.at;
        const known = bytes < SMALLEST / 4 ? this.small.parts : this.large.bytes;
        if (!known) return 0;
        seconds += bytes < SMALLEST / 4
          ? this.small.seconds / this.small.parts
          : bytes * (this.large.seconds / this.large.bytes);
      }
      return seconds;
    }

    /* A line for each of the first files and for each that was refused or failed. */
    show(each) {
      const list = part("sending-files");
      if (!each.line) {
        const wanted = list.childElementCount < SHOWN || each.state === "refused" || each.state === "failed";
        if (!wanted) return;
        each.line = document.createElement("li");
        each.line.append(Object.assign(document.createElement("span"), { textContent: each.name }));
        each.line.append(document.createElement("span"));
        list.append(each.line);
      }
      const told = each.line.children[1];
      told.textContent = "";
      if (each.state === "waiting" && each.at) {
        const bar = document.createElement("progress");
        bar.className = "ld-job";
        bar.max = each.file.size;
        bar.value = each.at;
        bar.setAttribute("aria-label", each.name);
        told.append(bar);
      } else {
        told.textContent = words[`file_${each.state}`];
      }
      if (each.why && each.line.childElementCount < 3) {
        each.line.append(Object.assign(document.createElement("p"), { className: "ld-why ld-bad", textContent: each.why }));
      }
    }
  }

  window.LuodiSending = { Sending, Refused, post, words, say, count, size, part, limits, form };
})();
