// What pages do beyond links and forms: keys, focus after an act, and the
// consequence of the act one points at. Everything works without it.
"use strict";
(() => {
  const keysOff = "kith-keys-off";
  const typing = (el) => el.closest("input, textarea, select, [contenteditable]");
  const find = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  let led = ""; // the first of two keys

  // A key that is held turns letters over, but decides none: they come faster
  // than they can be read. Nor does a key press what is under way.
  const press = (el, held) => {
    if (held && !el.matches("[rel=prev], [rel=next]") || el.closest("[inert]")) return;
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
    press(el, e.repeat);
  });

  // The key map comes over the desk.
  document.addEventListener("click", (e) => {
    const way = e.target.closest?.("a[href='/keys']");
    if (!way || way.getAttribute("aria-current") || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    const over = document.createElement("dialog");
    over.addEventListener("close", () => over.remove());
    document.body.append(over);
    htmx.ajax("GET", "/keys", { target: over, select: "#keys", swap: "innerHTML" }).catch(() => {}).then(() => {
      if (!over.firstElementChild) return over.remove();
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
    for (const s of line.children) s.toggleAttribute("data-shown", s.dataset.of === key);
  };
  document.addEventListener("focusin", consequence);
  document.addEventListener("mouseover", consequence);

  // A decided letter leaves toward its group, and the next waits for it; one
  // that is put off goes down. Any other page is there at once.
  document.addEventListener("htmx:beforeSwap", (e) => {
    const act = e.detail.requestConfig?.triggeringEvent?.submitter?.dataset.act;
    const sheet = document.querySelector(".sheet");
    if (!act || !sheet || e.detail.isError) return;
    const middle = (el) => { const r = el.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; };
    const [x, y] = middle(sheet);
    const group = document.querySelector(`.group.${act} h2`);
    const [toX, toY] = group ? middle(group) : [x, y + 1];
    const far = Math.hypot(toX - x, toY - y) || 1;
    sheet.style.setProperty("--to-x", (toX - x) / far);
    sheet.style.setProperty("--to-y", (toY - y) / far);
    sheet.classList.add("leaves");
    e.detail.swapOverride = "outerHTML swap:" + getComputedStyle(sheet).getPropertyValue("--leave");
  });

  // After an act the next letter has the focus, and is said with its verdict:
  // also where the page was loaded anew, before htmx was ready.
  const arrive = () => {
    const first = [...document.querySelectorAll("[data-first]"), ...document.querySelectorAll("h1")].find((el) => el.offsetParent !== null);
    if (!first) return;
    if (first.tabIndex < 0) first.tabIndex = -1; // a heading takes the focus only then
    first.focus({ preventScroll: true });
    const words = ["name", "verdict", "left"].map((id) => document.getElementById(id)?.textContent.trim()).filter(Boolean);
    document.getElementById("spoken").textContent = words.join(". ");
  };
  document.addEventListener("htmx:afterSettle", (e) => {
    if (e.detail.target?.id === "main" || e.detail.elt?.id === "main") arrive();
  });
  if (new URLSearchParams(location.search).has("done")) arrive();

  // A form that is under way is not sent twice, nor another of the same acts:
  // htmx would send it again as soon as the first is answered.
  document.addEventListener("htmx:beforeRequest", (e) => {
    const form = e.target.closest?.("form[method=post]");
    if (form && e.detail.requestConfig.triggeringEvent?.type === "submit") {
      if (form.dataset.going || form.closest(".acts[inert]")) {
        e.preventDefault();
        return;
      }
      form.dataset.going = "yes";
    }
    e.target.closest?.(".acts")?.setAttribute("inert", "");
  });
  // Where nothing came of it, it may be sent again.
  const lift = () => {
    for (const form of document.querySelectorAll("form[data-going]")) delete form.dataset.going;
    for (const acts of document.querySelectorAll(".acts[inert]")) acts.removeAttribute("inert");
  };

  // What did not come through is said, and the page stays as it was; what looks
  // by itself looks again without a word.
  const unreached = document.getElementById("unreached");
  const wanted = ({ detail: { requestConfig: { elt, triggeringEvent } } }) => !elt.hasAttribute("hx-trigger") || triggeringEvent?.type === "submit";
  const broken = (e) => {
    if (!wanted(e)) return;
    lift();
    for (const el of document.querySelectorAll(".leaves")) el.classList.remove("leaves");
    for (const el of document.querySelectorAll("[data-sent]")) el.hidden = true;
    unreached.textContent = unreached.dataset.says;
    e.detail.requestConfig.triggeringEvent?.submitter?.focus();
  };
  for (const what of ["sendError", "timeout", "onLoadError"]) document.addEventListener("htmx:" + what, broken);
  // An answer without what the request wants of it is none of ours: a proxy's
  // word, a fault without a page.
  document.addEventListener("htmx:beforeSwap", (e) => {
    const part = e.detail.select ?? e.detail.requestConfig.elt.closest("[hx-select]")?.getAttribute("hx-select");
    if (!e.detail.shouldSwap || !part || new DOMParser().parseFromString(e.detail.serverResponse, "text/html").querySelector(part)) return;
    e.detail.shouldSwap = false;
    broken(e);
  });
  document.addEventListener("htmx:beforeRequest", (e) => { if (wanted(e)) unreached.textContent = ""; });
  // Files take as long as they take.
  document.addEventListener("htmx:configRequest", (e) => { if (e.detail.elt.enctype === "multipart/form-data") e.detail.timeout = 0; });

  // Times are written as they are here.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (timeZone) document.cookie = `zone=${timeZone}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;

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
