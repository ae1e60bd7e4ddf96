// What pages do beyond links and forms: keys, focus after an act, and the
// consequence of the act one points at. Everything works without it.
"use strict";
(() => {
  const keysOff = "kith-keys-off";
  const typing = (el) => el.closest("input, textarea, select, [contenteditable]");
  const find = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  let led = ""; // the first of two keys

  const press = (el) => {
    if (el.matches("input, textarea, select")) el.focus();
    else el.click();
  };

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "Escape") {
      const back = document.querySelector("[data-escape]");
      if (back && !typing(e.target)) back.click();
      else if (typing(e.target)) e.target.blur();
      return;
    }
    if (typing(e.target) || localStorage.getItem(keysOff)) return;
    const el = find(led + e.key);
    led = !led && e.key === "g" ? "g" : "";
    if (!el) return;
    e.preventDefault();
    press(el);
  });

  // The consequence of the act one points at or has come to stands where that
  // of the recommended one stands.
  const consequence = (e) => {
    const act = e.target.closest && e.target.closest("[data-act]");
    const line = document.getElementById("consequence");
    if (!line) return;
    const key = (act || document.querySelector(".acts .go[data-act]"))?.dataset.act;
    for (const s of line.children) s.hidden = s.dataset.of !== key;
  };
  document.addEventListener("focusin", consequence);
  document.addEventListener("mouseover", consequence);

  // A letter leaves toward the group it was decided for.
  document.addEventListener("htmx:beforeRequest", (e) => {
    const act = e.detail.requestConfig?.triggeringEvent?.submitter;
    const sheet = document.querySelector(".sheet");
    if (act?.dataset.act && sheet) sheet.dataset.leaves = act.dataset.act;
  });

  // After an act the next letter has the focus, and is said with its verdict.
  document.addEventListener("htmx:afterSettle", (e) => {
    if (e.detail.target?.id !== "main" && e.detail.elt?.id !== "main") return;
    const first = document.querySelector("[data-first], h1");
    if (!first) return;
    if (!first.hasAttribute("tabindex")) first.tabIndex = -1;
    first.focus({ preventScroll: true });
    const words = ["name", "verdict", "left"].map((id) => document.getElementById(id)?.textContent.trim()).filter(Boolean);
    document.getElementById("spoken").textContent = words.join(". ");
  });

  // A form that is under way is not sent twice.
  document.addEventListener("htmx:beforeRequest", (e) => e.target.closest?.(".acts")?.setAttribute("inert", ""));
  document.addEventListener("htmx:sendError", () => document.querySelector(".acts[inert]")?.removeAttribute("inert"));

  document.addEventListener("change", (e) => {
    if (e.target.id !== "keys-off") return;
    if (e.target.checked) localStorage.setItem(keysOff, "yes");
    else localStorage.removeItem(keysOff);
  });
  document.addEventListener("DOMContentLoaded", () => {
    const off = document.getElementById("keys-off");
    if (off) off.checked = !!localStorage.getItem(keysOff);
  });
})();
