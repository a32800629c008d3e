// <select data-combobox> becomes an ARIA 1.2 combobox: type to filter, several choices as chips,
// data-url for choices from the server ([{id, label, detail}]). The select stays and is what is sent.
(() => {
  "use strict";

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/ø/gi, "o").replace(/ł/gi, "l").replace(/ß/g, "ss").toLowerCase();
  // {remove, clear, none, found, type, failed} in the language of the page (web/document.html)
  const words = document.getElementById("words")?.dataset || {};
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  };
  let serial = 0;

  class Combobox {
    constructor(select) {
      this.select = select;
      this.many = select.multiple;
      this.url = select.dataset.url || "";
      this.key = select.id || `combobox-${++serial}`;
      this.options = [];
      this.active = -1;
      this.build();
      this.listen();
      this.show();
    }

    build() {
      const { select, key } = this;
      const label = select.id ? document.querySelector(`label[for="${CSS.escape(select.id)}"]`) : null;
      if (label) label.id ||= `${key}_label`;
      this.input = make("input", {
        id: key, type: "text", role: "combobox", autocomplete: "off", autocapitalize: "none", spellcheck: "false",
        "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${key}_list`,
        "aria-labelledby": label?.id, "aria-label": label ? null : select.getAttribute("aria-label"),
        "aria-describedby": select.getAttribute("aria-describedby"), "aria-invalid": select.getAttribute("aria-invalid"),
        "aria-required": select.required ? "true" : null, disabled: select.disabled,
        placeholder: select.dataset.placeholder || (this.url ? words.type : null),
      });
      this.list = make("ul", { id: `${key}_list`, role: "listbox", hidden: true, "aria-labelledby": label?.id, "aria-multiselectable": this.many ? "true" : null });
      this.clear = make("button", { type: "button", class: "clear", hidden: true, "aria-label": words.clear }, "×");
      this.said = make("span", { class: "hide-visually", role: "status" });
      this.box = make("div", { class: "box" }, this.input, this.clear);
      this.root = make("div", { class: select.getAttribute("aria-invalid") ? "combobox invalid" : "combobox" }, this.box, this.list, this.said);
      select.after(this.root);
      // The label and the error summary lead to what the reader sees.
      if (select.id) select.id = `${select.id}_select`;
      select.hidden = true;
    }

    listen() {
      const { input, list } = this;
      this.box.addEventListener("mousedown", (event) => {
        if (event.target.closest("button") || event.target === input) return;
        event.preventDefault();
        input.focus();
        this.open();
      });
      input.addEventListener("click", () => this.open());
      input.addEventListener("input", () => this.typed());
      input.addEventListener("keydown", (event) => this.key_pressed(event));
      input.addEventListener("blur", () => setTimeout(() => { if (!this.root.contains(document.activeElement)) this.leave(); }, 120));
      list.addEventListener("mousedown", (event) => event.preventDefault());
      list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.choose(Number(option.dataset.index));
      });
      this.clear.addEventListener("click", () => { this.set(null, ""); input.focus(); });
      this.select.addEventListener("change", (event) => { if (!event.detail) this.show(); });
      this.select.form?.addEventListener("reset", () => setTimeout(() => this.show()));
    }

    chosen() { return [...this.select.selectedOptions].filter((option) => option.value); }

    show() {
      this.box.querySelectorAll(".chip").forEach((chip) => chip.remove());
      if (this.many) {
        for (const option of this.chosen()) this.input.before(this.chip(option));
        this.input.value = "";
      } else {
        this.input.value = this.chosen()[0]?.text.trim() || "";
        this.clear.hidden = this.select.required || !this.chosen().length || this.select.disabled;
      }
    }

    chip(option) {
      const remove = make("button", { type: "button", "aria-label": `${words.remove} ${option.text.trim()}` }, "×");
      remove.addEventListener("click", () => { option.selected = false; this.changed(); this.input.focus(); });
      return make("span", { class: "chip" }, option.text.trim(), remove);
    }

    typed() {
      if (this.url) {
        clearTimeout(this.pending);
        this.pending = setTimeout(() => this.fetch(), 200);
      } else this.open(true);
    }

    async fetch() {
      const query = this.input.value.trim();
      const turn = (this.turn = (this.turn || 0) + 1);
      if (!query) return this.close();
      this.input.setAttribute("aria-busy", "true");
      try {
        const address = new URL(this.url, location.href);
        address.searchParams.set("q", query);
        const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
        if (!answer.ok) throw new Error(String(answer.status));
        const found = await answer.json();
        if (turn !== this.turn) return;
        this.options = found.map(({ id, label, detail }) => ({ value: String(id), label, detail: detail || "" }));
        this.draw(words.none);
      } catch {
        if (turn === this.turn) { this.options = []; this.draw(words.failed); }
      } finally {
        this.input.removeAttribute("aria-busy");
      }
    }

    open(filtered = false) {
      if (this.select.disabled) return;
      if (this.url) { if (!this.list.hidden || this.input.value === this.chosen()[0]?.text.trim()) return; return this.typed(); }
      const asked = filtered ? fold(this.input.value.trim()).split(/\s+/).filter(Boolean) : [];
      this.options = [...this.select.options]
        .filter((option) => option.value && !option.disabled)
        .map((option) => ({ value: option.value, label: option.text.trim(), detail: option.dataset.detail || "" }))
        .filter(({ label, detail }) => { const text = fold(`${label} ${detail}`); return asked.every((word) => text.includes(word)); });
      this.draw(words.none);
    }

    draw(nothing) {
      const taken = new Set(this.chosen().map((option) => option.value));
      this.list.replaceChildren(...this.options.map(({ value, label, detail }, index) => {
        const item = make("li", { role: "option", id: `${this.key}_option_${index}`, "aria-selected": taken.has(value) ? "true" : "false", "data-index": index }, label);
        if (detail) item.append(make("span", { class: "small" }, detail));
        return item;
      }));
      if (!this.options.length) this.list.append(make("li", { class: "nothing", role: "option", "aria-disabled": "true", "aria-selected": "false" }, nothing));
      this.said.textContent = this.options.length ? `${this.options.length} ${words.found}` : nothing;
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      const current = this.many ? -1 : this.options.findIndex(({ value }) => taken.has(value));
      this.point(current >= 0 ? current : this.input.value && this.options.length ? 0 : -1);
    }

    point(index) {
      this.list.querySelector(".active")?.classList.remove("active");
      this.active = index;
      const item = index >= 0 ? this.list.querySelector(`[data-index="${index}"]`) : null;
      if (item) {
        item.classList.add("active");
        item.scrollIntoView({ block: "nearest" });
        this.input.setAttribute("aria-activedescendant", item.id);
      } else this.input.removeAttribute("aria-activedescendant");
    }

    key_pressed(event) {
      const opened = !this.list.hidden;
      const last = this.options.length - 1;
      const moves = { ArrowDown: () => this.active < last ? this.active + 1 : 0, ArrowUp: () => this.active > 0 ? this.active - 1 : last, PageDown: () => Math.min(this.active + 8, last), PageUp: () => Math.max(this.active - 8, 0) };
      if (event.key in moves) {
        event.preventDefault();
        if (!opened) this.open();
        else if (last >= 0) this.point(moves[event.key]());
      } else if (event.key === "Enter" && opened) {
        event.preventDefault();
        if (this.active >= 0) this.choose(this.active);
      } else if (event.key === "Escape" && opened) {
        event.preventDefault();
        event.stopPropagation();
        this.close();
        if (!this.many) this.show();
      } else if (event.key === "Tab" && opened && this.active >= 0 && this.input.value) {
        this.choose(this.active);
      } else if (event.key === "Backspace" && this.many && !this.input.value) {
        const option = this.chosen().at(-1);
        if (option) { option.selected = false; this.changed(); }
      }
    }

    choose(index) {
      const option = this.options[index];
      if (!option) return;
      this.set(option.value, option.label);
      if (this.many) this.input.focus();
      this.close();
    }

    set(value, label) {
      let option = value === null ? null : [...this.select.options].find((each) => each.value === value);
      if (value !== null && !option) this.select.add((option = new Option(label, value)));
      if (this.many) { if (option) option.selected = !option.selected; }
      else if (option) this.select.value = value;
      else { this.select.value = ""; if (this.select.value) this.select.selectedIndex = -1; }
      this.changed();
    }

    changed() {
      this.show();
      for (const kind of ["input", "change"]) this.select.dispatchEvent(new CustomEvent(kind, { bubbles: true, detail: "combobox" }));
    }

    close() {
      this.list.hidden = true;
      this.point(-1);
      this.input.setAttribute("aria-expanded", "false");
    }

    leave() {
      this.close();
      if (!this.many && !this.input.value.trim() && this.chosen().length && !this.select.required) this.set(null, "");
      else this.show();
    }
  }

  const enhance = (root) => {
    for (const select of root.querySelectorAll?.("select[data-combobox]") || []) {
      if (select.dataset.ready === undefined) { select.dataset.ready = ""; new Combobox(select); }
    }
  };
  enhance(document);
  document.addEventListener("htmx:afterSettle", (event) => enhance(event.detail.elt.parentNode || document));
  document.addEventListener("hanze:added", (event) => enhance(event.detail));
})();
