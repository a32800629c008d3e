// Deciding with the keyboard, while the focus is in the verdict panel (WCAG 2.1.4): 1, 2, 3 choose a verdict,
// Ctrl+Enter records it and goes on, N opens the next finding.
const panel = document.getElementById("verdict");
const form = panel && panel.querySelector("form[data-desk]");

if (form) {
  form.querySelector("input[type=radio]")?.focus({ preventScroll: true });
  panel.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (sends) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[name=next]"));
    }
    if (sends || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea")) return;
    const choice = form.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
    if (choice) {
      event.preventDefault();
      choice.checked = true;
      form.querySelector("textarea").focus();
    } else if (event.key.toLowerCase() === "n") {
      document.getElementById("next-finding")?.click();
    }
  });
}
