/* Handing in many files: choose or drop files and folders, then send them (intake_sending.js).
   Without this script the form sends what was chosen in one go. */
"use strict";

(() => {
  if (!window.LuodiSending) return;
  const { Sending, Refused, post, words, say, count, size, part, limits, form } = window.LuodiSending;
  const BESIDE = /(^|\/)(\.[^/.][^/]*|thumbs\.db|desktop\.ini|__macosx)(\/|$)|(_files|\.files)\//i;

  const chosen = new Map(); // by name and size
  let skipped = 0;
  let busy = false;

  // choosing

  const take = (file, name) => {
    if (BESIDE.test(name)) skipped += 1;
    else chosen.set(`${name}\n${file.size}\n${file.lastModified}`, { file, name });
  };

  const tell = () => {
    const line = part("chosen");
    const bytes = [...chosen.values()].reduce((sum, each) => sum + each.file.size, 0);
    line.textContent = "";
    if (!chosen.size) return;
    line.append(say("chosen", { n: count(chosen.size), size: size(bytes) }));
    if (skipped) line.append(say("skipped", { n: count(skipped) }));
    const again = document.createElement("button");
    again.type = "button";
    again.className = "btn ld-again";
    again.textContent = words.remove;
    again.addEventListener("click", () => {
      chosen.clear();
      skipped = 0;
      part("files").value = part("folder").value = "";
      tell();
      part("files").focus();
    });
    line.append(again);
  };

  const from = (input) => {
    for (const file of input.files) take(file, file.webkitRelativePath || file.name);
    input.value = "";
    tell();
  };

  const walk = async (entry) => {
    if (entry.isFile) {
      take(await new Promise((resolve, reject) => { entry.file(resolve, reject); }), entry.fullPath.replace(/^\//, ""));
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
      if (!some.length) return;
      for (const each of some) await walk(each);
    }
  };

  const dropped = async (event) => {
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
    const files = [...event.dataTransfer.files];
    if (entries.length && entries.every(Boolean)) for (const entry of entries) await walk(entry);
    else for (const file of files) take(file, file.name);
    tell();
  };

  // the form

  const begin = async (files) => {
    const given = new FormData(form);
    given.delete("files");
    given.set("expected", String(files.length));
    const told = await post("/desk/intake", given);
    part("sending-left").textContent = told.left;
    return told.batch;
  };

  const submitted = async (event) => {
    if (!chosen.size) return; // only pasted text: the form does it alone
    event.preventDefault();
    if (busy) return;
    const files = [...chosen.values()];
    if (files.length > limits.files) {
      part("chosen").textContent = say("too_many", { n: count(files.length), most: count(limits.files) });
      return;
    }
    busy = true;
    let sending = null;
    try {
      const batch = form.getAttribute("data-batch") || (await begin(files));
      part("sending-files").textContent = "";
      sending = new Sending(files, batch);
      form.hidden = true;
      part("sending").hidden = false;
      part("sending-head").focus();
      part("sending-stop").onclick = () => sending.turn();
      sending.tell(words.sending);
      await sending.run();
      part("sending-said").textContent = words.sent;
      busy = false;
      const isAllSaid = !part("sending-left").textContent && !sending.files.some((each) => each.state === "failed");
      if (isAllSaid) location.assign(`/desk/intake/${batch}`);
    } catch (fault) {
      busy = false;
      const why = fault instanceof Refused ? fault.message : String(fault.message || fault);
      const line = sending ? part("sending-said") : part("chosen");
      line.textContent = say("failed", { why });
      if (sending) {
        part("sending-stop").textContent = words.go_on;
        part("sending-stop").onclick = () => {
          form.setAttribute("data-batch", sending.batch);
          form.requestSubmit();
        };
      }
    }
  };

  for (const later of document.querySelectorAll("[data-with-script]")) later.hidden = false;
  part("files").addEventListener("change", (event) => from(event.target));
  part("folder").addEventListener("change", (event) => from(event.target));
  form.addEventListener("submit", submitted);
  const drop = part("drop");
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("ld-drop-over");
    });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("ld-drop-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    dropped(event);
  });
  window.addEventListener("beforeunload", (event) => {
    if (busy) event.preventDefault();
  });
})();
