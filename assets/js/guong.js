// Small improvements of pages that already work without script.
(() => {
  "use strict";
  // The error summary gets the focus, so that it is read out and seen.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  // Autosave: a form with data-autosave says in [data-save-state] what becomes of what is typed.
  const state = (form, name) => {
    const place = form && form.querySelector("[data-save-state]");
    if (place) place.textContent = place.dataset[name] || "";
  };
  const form = (event) => (event.target.closest ? event.target.closest("form[data-autosave]") : null);
  document.addEventListener("input", (event) => state(form(event), "typing"));
  document.addEventListener("htmx:before:request", (event) => state(form(event), "saving"));
  document.addEventListener("htmx:after:request", (event) => {
    const context = event.detail && event.detail.ctx;
    const response = context && context.response;
    const ok = !response || !response.raw || response.raw.ok;
    state(form(event), ok ? "saved" : "failed");
  });
  document.addEventListener("htmx:error", (event) => state(form(event), "failed"));

  // A button sends once: a second click while the first is on its way does nothing.
  document.addEventListener("submit", (event) => {
    const sent = event.target;
    if (sent.dataset.sent) event.preventDefault();
    sent.dataset.sent = "1";
    setTimeout(() => delete sent.dataset.sent, 3000);
  });
})();
