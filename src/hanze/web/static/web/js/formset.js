// Adds and removes rows of a Django formset; without it the page shows Django's extra rows and delete boxes.
(() => {
  "use strict";

  function start(formset) {
    const prefix = formset.dataset.formset;
    const total = formset.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
    const most = formset.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`);
    const rows = formset.querySelector("[data-formset-rows]");
    const blank = formset.querySelector("template[data-formset-template]");
    const add = formset.querySelector("[data-formset-add]");
    if (!total || !rows || !blank || !add) return;

    const full = () => most && most.value && Number(total.value) >= Number(most.value);
    const fresh = () => {
      const holder = document.createElement("template");
      holder.innerHTML = blank.innerHTML.replaceAll("__prefix__", total.value);
      return holder.content.firstElementChild;
    };

    add.hidden = full();
    add.addEventListener("click", () => {
      const row = fresh();
      rows.append(row);
      total.value = Number(total.value) + 1;
      add.hidden = full();
      dress(row);
      document.dispatchEvent(new CustomEvent("hanze:added", { detail: row }));
      row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
    rows.querySelectorAll("[data-formset-row]").forEach(dress);

    function dress(row) {
      const box = row.querySelector("[data-formset-delete] input[type=checkbox]");
      const button = row.querySelector("[data-formset-remove]");
      if (!box || !button) return;
      box.closest(".field").hidden = true;
      button.hidden = false;
      button.addEventListener("click", () => {
        box.checked = true;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        row.classList.add("removed");
        const next = rows.querySelector("[data-formset-row]:not(.removed) input:not([type=hidden])");
        (next || add).focus();
      });
      if (box.checked) row.classList.add("removed");
    }
  }

  const enhance = (root) => root.querySelectorAll?.("[data-formset]:not([data-ready])").forEach((formset) => {
    formset.dataset.ready = "";
    start(formset);
  });
  enhance(document);
  document.addEventListener("htmx:afterSettle", (event) => enhance(event.detail.elt.parentNode || document));
})();
