// Small helps on top of pages that work without them.
(() => {
  "use strict";

  const token = () => document.querySelector('meta[name="csrf-token"]')?.content || "";

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token();
  });

  // While a part is being renewed, say so to everyone; afterwards keep the reader where she was.
  let focused = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    event.detail.target?.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    event.detail.target?.removeAttribute("aria-busy");
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const active = document.activeElement;
    focused = event.detail.target?.contains(active) ? { id: active.id, name: active.name } : null;
    // A form with errors comes back as 422: show it in place.
    if (event.detail.xhr?.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const swapped = event.detail.elt;
    enhance(swapped);
    const summary = swapped.querySelector?.("[data-focus]");
    if (summary) return summary.focus();
    if (focused && document.activeElement === document.body) same(focused)?.focus({ preventScroll: true });
    focused = null;
  });
  document.addEventListener("htmx:responseError", () => announce("request-failed"));
  document.addEventListener("htmx:sendError", () => announce("request-failed"));

  function same({ id, name }) {
    if (id && document.getElementById(id)) return document.getElementById(id);
    const named = name ? [...document.getElementsByName(name)] : [];
    return named.find((control) => control.checked) || named[0];
  }

  function announce(name) {
    const template = document.getElementById(name);
    const place = document.getElementById("messages");
    if (template && place) place.replaceChildren(template.content.cloneNode(true));
  }

  // Filters answer at once; typing waits until it pauses.
  function autosubmit(form) {
    let pending;
    const send = () => form.requestSubmit();
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date], input[type=month]")) send();
    });
    form.addEventListener("input", (event) => {
      if (!form.hasAttribute("hx-get") || !event.target.matches("input[type=search], input[type=text]")) return;
      clearTimeout(pending);
      pending = setTimeout(send, 350);
    });
  }

  // A form with unsaved changes asks before it is left.
  const changed = new Set();
  function guard(form) {
    form.addEventListener("input", () => changed.add(form));
    form.addEventListener("submit", () => changed.delete(form));
  }
  window.addEventListener("beforeunload", (event) => {
    for (const form of changed) {
      if (!form.isConnected) changed.delete(form);
    }
    if (changed.size) event.preventDefault();
  });

  // What scrolls sideways can be reached by keyboard.
  const widths = "ResizeObserver" in window
    ? new ResizeObserver((entries) => entries.forEach(({ target }) => reachable(target)))
    : null;
  function reachable(box) {
    const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
    if (scrolls) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }

  function each(root, selector, work) {
    const found = [...(root.querySelectorAll?.(selector) || [])];
    if (root.matches?.(selector)) found.unshift(root);
    for (const element of found) {
      const done = (element.hanze ||= new Set());
      if (done.has(work)) continue;
      done.add(work);
      work(element);
    }
  }

  function enhance(root) {
    each(root, "form[data-autosubmit]", autosubmit);
    each(root, "form[data-guard]", guard);
    if (widths) each(root, ".scroll, .aside", (box) => widths.observe(box));
  }

  // A list that reloads itself (filters without htmx) comes back at the same place.
  const place = `scroll:${location.pathname}`;
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-autosubmit], form[data-keep-scroll]")) sessionStorage.setItem(place, String(scrollY));
  });

  enhance(document);
  const kept = sessionStorage.getItem(place);
  if (kept !== null) {
    sessionStorage.removeItem(place);
    scrollTo({ top: Number(kept), behavior: "instant" });
  }
  document.querySelector("[data-focus]")?.focus();
})();
