// The records behind a figure without leaving the report, figures put into a text, and downloads that say they work.
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.target.closest('main a[href*="/figures/"]');
    if (!link || !document.getElementById("rows")) return;
    event.preventDefault();
    showRows(link);
  });

  async function showRows(link) {
    await window.htmx.ajax("GET", link.pathname + link.search, { target: "#rows", swap: "outerHTML" });
    const panel = document.getElementById("rows");
    for (const other of document.querySelectorAll('main a[href*="/figures/"]:not([rel])')) {
      if (other.pathname.endsWith(`/${panel.dataset.figure}/`)) other.setAttribute("aria-current", "true");
      else other.removeAttribute("aria-current");
    }
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  }

  // A figure's key goes into the text that was written in last, at the cursor.
  let writing = null;
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("form[data-writing] textarea")) writing = event.target;
  });
  for (const button of document.querySelectorAll("[data-insert]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const area = writing || document.querySelector("form[data-writing] textarea");
      area.setRangeText(`{{ ${button.dataset.insert} }}`, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.focus();
    });
  }

  for (const form of document.querySelectorAll("form[data-download]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      download(form, event.submitter);
    });
  }

  async function download(form, button) {
    const status = form.querySelector("[data-status]");
    const buttons = form.querySelectorAll("button");
    const query = new URLSearchParams(new FormData(form));
    buttons.forEach((each) => (each.disabled = true));
    button.setAttribute("aria-busy", "true");
    status.textContent = status.dataset.working;
    status.classList.add("htmx-indicator", "htmx-request");
    try {
      const response = await fetch(`${button.formAction}?${query}`);
      if (!response.ok || response.redirected) throw new Error(String(response.status));
      const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") || "");
      save(await response.blob(), name ? name[1] : "report");
      status.textContent = status.dataset.ready;
    } catch {
      status.textContent = status.dataset.failed;
    } finally {
      status.classList.remove("htmx-indicator", "htmx-request");
      button.removeAttribute("aria-busy");
      buttons.forEach((each) => (each.disabled = false));
      button.focus();
    }
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }
})();
