// The editor of a draft: keys as in a spreadsheet, what a cell means while it is typed, and each change kept at once.
// Without this script the same page is a form with a button.
(() => {
  "use strict";

  const form = document.getElementById("editor");
  if (!form) return;
  const words = document.getElementById("editor-words").dataset;
  const aloud = document.getElementById("aloud");
  const controls = () => [...form.querySelectorAll("input, select, textarea")];
  const isKept = (control) => /^(value|list):/.test(control.name) && !control.readOnly && !control.disabled;
  const isTyped = (control) => control.matches("input:not([type=checkbox]), textarea");
  const token = () => form.elements.csrfmiddlewaretoken.value;
  const saidOf = (control) => document.getElementById(`said:${control.id}`);

  if (controls().some(isKept)) {
    form.dataset.live = "";
    form.querySelector(".keys")?.removeAttribute("hidden");
  }
  for (const control of controls()) control.dataset.kept = valueOf(control);

  function valueOf(control) {
    return control.type === "checkbox" ? String(control.checked) : control.value;
  }

  function say(text) {
    aloud.textContent = "";
    requestAnimationFrame(() => { aloud.textContent = text; });
  }

  // While typing: what it means, or what is wrong with it. An answer that comes late is dropped.
  const trials = new WeakMap();
  function tryOut(control, wait = 250) {
    const before = trials.get(control);
    if (before) clearTimeout(before.timer);
    const trial = { timer: setTimeout(() => ask(control, trial), wait) };
    trials.set(control, trial);
  }

  async function ask(control, trial) {
    const place = saidOf(control);
    if (!place) return;
    const query = new URLSearchParams({ path: control.id, value: control.value });
    tried(control.value === control.dataset.kept ? null : control);
    const answer = await fetch(`${form.dataset.cell}?${query}`).catch(() => null);
    if (!answer?.ok || trials.get(control) !== trial) return;
    place.innerHTML = await answer.text();
    const mistake = place.querySelector(".mistake");
    mark(control, Boolean(mistake));
    if (mistake) say(mistake.textContent);
  }

  // What is being typed is replayed at once; none when it is what was kept.
  const trying = document.getElementById("tried").elements;
  function tried(control) {
    trying.path.value = control?.id ?? "";
    trying.value.value = control?.value ?? "";
    document.body.dispatchEvent(new CustomEvent("draft-tried", { bubbles: true }));
  }

  function mark(control, wrong) {
    if (wrong) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    control.closest(".field")?.classList.toggle("utrecht-form-field--invalid", wrong);
  }

  // What is filled in is kept one after the other, each on the revision that the one before gave.
  let queue = Promise.resolve();
  let waiting = 0;
  function keep(control) {
    if (valueOf(control) === control.dataset.kept) return;
    waiting += 1;
    queue = queue.then(() => send(control)).finally(() => { waiting -= 1; });
  }

  async function send(control) {
    const given = new URLSearchParams({ revision: form.elements.revision.value });
    const same = control.type === "checkbox" ? controls().filter((each) => each.name === control.name) : [control];
    for (const each of same) {
      if (each.type !== "checkbox" || each.checked) given.append(each.name, each.value);
    }
    const sent = valueOf(control);
    const headers = { "Hanze-Editor": "1", "X-CSRFToken": token() };
    const answer = await fetch(form.action, { method: "POST", body: given, headers }).catch(() => null);
    const html = answer ? await answer.text() : "";
    if (answer?.ok) return kept(control, sent, html);
    if (answer?.status === 409) return conflict(html);
    if (answer?.status === 422 && saidOf(control)) saidOf(control).innerHTML = html;
    mark(control, true);
    say(words.failed);
  }

  function kept(control, sent, html) {
    control.dataset.kept = sent;
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("state");
    if (!fresh) return;
    document.getElementById("state").replaceWith(fresh);
    form.elements.revision.value = fresh.dataset.revision;
    showFindings();
    say(`${words.kept} ${fresh.querySelector(".state")?.textContent ?? ""}`);
    trying.path.value = trying.value.value = "";
    document.body.dispatchEvent(new CustomEvent("draft-changed", { bubbles: true }));
  }

  function conflict(html) {
    const place = document.getElementById("conflict");
    place.innerHTML = html;
    place.firstElementChild?.focus();
    place.scrollIntoView({ block: "nearest" });
  }

  // Each mistake that the check found stands at its field too.
  function showFindings() {
    const found = [...document.querySelectorAll("#state [data-pointer]")];
    for (const control of controls()) {
      if (!control.id || !saidOf(control)) continue;
      const item = found.find(({ dataset }) => isAbout(dataset.pointer, control));
      const place = saidOf(control);
      mark(control, Boolean(item));
      if (item) {
        const mistake = document.createElement("span");
        mistake.className = "mistake";
        const said = [...item.children].map((each) => Object.assign(document.createElement("span"), { textContent: each.dataset.brief || each.textContent, lang: each.lang }));
        mistake.append(said[0], " ", said[1] ?? "");
        place.replaceChildren(mistake);
      } else if (place.querySelector(".mistake")) {
        place.replaceChildren();
        if (isTyped(control) && control.value) tryOut(control, 0);
      }
    }
  }

  function isAbout(pointer, control) {
    if (pointer === control.id || pointer.startsWith(`${control.id}/`)) return true;
    const [, parent, part] = control.id.match(/^(.*)\/([^/]*)$/) || [];
    return pointer === parent && ((!control.value && /^(nl|en|document|section)$/.test(part)) || control.id.endsWith("/then/advice"));
  }

  form.addEventListener("input", ({ target }) => {
    if (isKept(target) && isTyped(target)) tryOut(target);
  });
  form.addEventListener("change", ({ target }) => {
    if (target.matches("[data-column]")) target.form.requestSubmit();
    else if (isKept(target)) keep(target);
  });
  form.addEventListener("submit", (event) => {
    if (!waiting) return void (leaving = true);
    event.preventDefault();
    const { submitter } = event;
    queue.then(() => form.requestSubmit(submitter?.isConnected ? submitter : undefined));
  });

  // Keys: Enter and the arrows go from cell to cell, Escape takes back what is being typed.
  form.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (!target.matches("input, select, textarea") || event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && /^[zy]$/i.test(key)) return steps(event);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "Escape" && isTyped(target) && isKept(target) && target.value !== target.dataset.kept) {
      event.preventDefault();
      target.value = target.dataset.kept;
      tryOut(target, 0);
      return;
    }
    if (key === "Enter") return enter(event);
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
    if (step && target.closest("tr.cells") && !event.shiftKey && mayLeave(target, key)) go(event, ...step);
  });

  function enter(event) {
    const { target } = event;
    if (target.matches("textarea[data-apart]")) return;
    if (target.matches("[data-apart]")) {
      event.preventDefault();
      target.closest(".adding")?.querySelector("button")?.click();
    } else if (target.closest("tr.cells")) {
      if (!go(event, event.shiftKey ? -1 : 1, 0)) keep(target);
    } else if (isTyped(target)) {
      event.preventDefault();
      keep(target);
    }
  }

  // A cell is left sideways from its first or last sign, or while all of it is chosen.
  function mayLeave(control, key) {
    if (control.matches("select")) return key === "ArrowLeft" || key === "ArrowRight";
    if (key === "ArrowUp" || key === "ArrowDown") return true;
    const { selectionStart: start, selectionEnd: end, value } = control;
    if (start === 0 && end === value.length) return true;
    return start === end && (key === "ArrowLeft" ? start === 0 : end === value.length);
  }

  function go(event, down, right) {
    const rows = [...event.target.closest("table").querySelectorAll("tr.cells")];
    const cellsOf = (row) => [...(row?.querySelectorAll("input, select") ?? [])];
    const row = rows.indexOf(event.target.closest("tr.cells"));
    const column = cellsOf(rows[row]).indexOf(event.target);
    const next = cellsOf(rows[row + down])[column + right];
    event.preventDefault();
    if (!next) return false;
    next.focus();
    if (isTyped(next)) next.select();
    return true;
  }

  function steps(event) {
    const { target } = event;
    if (!isKept(target) || (isTyped(target) && target.value !== target.dataset.kept)) return;
    const forward = /y/i.test(event.key) || event.shiftKey;
    const button = document.querySelector(`#${forward ? "redo" : "undo"} button:not(:disabled)`);
    if (!button) return;
    event.preventDefault();
    queue.then(() => document.querySelector(`#${forward ? "redo" : "undo"} button`)?.click());
  }

  // A link to a place opens what is folded around it.
  function show(id) {
    for (let at = id; at; at = at.slice(0, Math.max(0, at.lastIndexOf("/")))) {
      const element = document.getElementById(at);
      if (!element) continue;
      for (let each = element; each; each = each.parentElement) if (each.matches("details")) each.open = true;
      const control = element.matches("input, select, textarea") ? element : null;
      if (control) control.focus({ preventScroll: true });
      element.scrollIntoView({ block: control ? "center" : "start" });
      return;
    }
  }
  const showPlace = () => location.hash && show(decodeURIComponent(location.hash.slice(1)));
  window.addEventListener("hashchange", showPlace);
  showPlace();

  const whole = form.querySelector("textarea[data-line]");
  const line = Number(whole?.dataset.line);
  if (line) {
    const start = whole.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    const end = whole.value.indexOf("\n", start);
    whole.focus();
    whole.setSelectionRange(start, end < 0 ? whole.value.length : end);
    whole.scrollTop = (line - 5) * parseFloat(getComputedStyle(whole).lineHeight);
  }

  let leaving = false;
  window.addEventListener("beforeunload", (event) => {
    const unsaved = controls().some((each) => each.matches("textarea[data-apart]") && each.value !== each.defaultValue);
    if (!leaving && (waiting || unsaved)) event.preventDefault();
  });
})();
