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
    if (e.ctrlKey || e.metaKey || e.altKey || document.querySelector("dialog[open]")) return;
    if (e.key === "Escape") {
      const back = document.querySelector("[data-escape]");
      const others = document.querySelector("details.others[open]");
      if (typing(e.target)) e.target.blur();
      else if (others) others.open = false;
      else if (back) back.click();
      return;
    }
    if (typing(e.target) || localStorage.getItem(keysOff)) return;
    const el = find(led + e.key);
    led = !led && e.key === "g" ? "g" : "";
    if (!el) return;
    e.preventDefault();
    press(el);
  });

  // The key map comes over the desk.
  document.addEventListener("click", (e) => {
    const way = e.target.closest?.("a[href='/keys']");
    if (!way || way.getAttribute("aria-current") || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    const over = document.createElement("dialog");
    over.addEventListener("close", () => over.remove());
    document.body.append(over);
    htmx.ajax("GET", "/keys", { target: over, select: "#keys", swap: "innerHTML" }).then(() => {
      over.setAttribute("aria-labelledby", "keys-title");
      over.showModal();
      showKeys();
    });
  });

  // The consequence of the act one points at or has come to stands where that
  // of the recommended one stands.
  const consequence = (e) => {
    const act = e.target.closest && e.target.closest("[data-act]");
    const line = document.getElementById("consequence");
    if (!line) return;
    const key = (act || document.querySelector(".acts .go[data-act], .acts .tap[data-act]"))?.dataset.act;
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

  // After an act the next letter has the focus, and is said with its verdict:
  // also where the page was loaded anew, before htmx was ready.
  const arrive = () => {
    const first = [...document.querySelectorAll("[data-first], h1")].find((el) => el.offsetParent !== null);
    if (!first) return;
    if (!first.hasAttribute("tabindex")) first.tabIndex = -1;
    first.focus({ preventScroll: true });
    const words = ["name", "verdict", "left"].map((id) => document.getElementById(id)?.textContent.trim()).filter(Boolean);
    document.getElementById("spoken").textContent = words.join(". ");
  };
  document.addEventListener("htmx:afterSettle", (e) => {
    if (e.detail.target?.id === "main" || e.detail.elt?.id === "main") arrive();
  });
  if (new URLSearchParams(location.search).has("done")) arrive();

  // A form that is under way is not sent twice.
  document.addEventListener("htmx:beforeRequest", (e) => e.target.closest?.(".acts")?.setAttribute("inert", ""));
  document.addEventListener("htmx:sendError", () => document.querySelector(".acts[inert]")?.removeAttribute("inert"));

  // Files are brought by dropping them, and go off as soon as they are chosen.
  const dropPlace = (e) => e.target.closest?.("[data-drop]");
  const hasFiles = (e) => e.dataTransfer?.types.includes("Files");
  const bringFiles = (form) => {
    const files = [...form.querySelector("input[type=file]").files];
    const large = files.reduce((sum, f) => sum + f.size, 0) > Number(form.dataset.most);
    form.querySelector("[data-large]").hidden = !large;
    if (files.length && !large) form.requestSubmit();
  };
  document.addEventListener("dragover", (e) => {
    if (!hasFiles(e) || !document.querySelector("[data-drop]")) return;
    e.preventDefault(); // a file dropped beside it does not take the page's place
    dropPlace(e)?.classList.add("over");
  });
  document.addEventListener("dragleave", (e) => {
    const form = dropPlace(e);
    if (form && !form.contains(e.relatedTarget)) form.classList.remove("over");
  });
  document.addEventListener("drop", (e) => {
    const form = document.querySelector("[data-drop]");
    if (!form || !hasFiles(e)) return;
    e.preventDefault();
    form.classList.remove("over");
    form.querySelector("input[type=file]").files = e.dataTransfer.files;
    bringFiles(form);
  });
  document.addEventListener("change", (e) => {
    const form = dropPlace(e);
    if (form) bringFiles(form);
  });
  document.addEventListener("htmx:xhr:progress", (e) => {
    const sent = e.target.querySelector?.("[data-sent]");
    if (!sent || !e.detail.lengthComputable) return;
    sent.hidden = false;
    sent.max = e.detail.total;
    sent.value = e.detail.loaded;
  });

  document.addEventListener("change", (e) => {
    if (e.target.id !== "keys-off") return;
    if (e.target.checked) localStorage.setItem(keysOff, "yes");
    else localStorage.removeItem(keysOff);
  });
  const showKeys = () => {
    const off = document.getElementById("keys-off");
    if (!off) return;
    off.checked = !!localStorage.getItem(keysOff);
    off.closest("[data-script]").hidden = false;
  };
  document.addEventListener("DOMContentLoaded", showKeys);
  document.addEventListener("htmx:afterSettle", showKeys);

  // How many are ticked stands in the button.
  document.addEventListener("change", (e) => {
    const form = e.target.closest?.("[data-ticked]");
    if (form) form.querySelector("[data-count]").textContent = form.querySelectorAll("input[type=checkbox]:checked").length;
  });
})();
