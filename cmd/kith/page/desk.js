"use strict";
(() => {
  const letters = [...document.querySelectorAll("article[id]")];
  const rows = new Map([...document.querySelectorAll(".pile a")].map(a => [a.hash.slice(1), a]));
  const key = "kith:" + document.body.dataset.key;
  let done = new Set();
  try { done = new Set(JSON.parse(localStorage.getItem(key) || "[]")); } catch { /* nothing kept: start anew */ }
  const keep = () => { try { localStorage.setItem(key, JSON.stringify([...done])); } catch { /* private window */ } };
  let at = 0;

  const count = () => {
    const left = letters.length - done.size;
    document.querySelector("h1").textContent = left === 0 ? "The desk is clear." : left + " left";
    document.querySelector(".thread i").style.width = 100 * done.size / Math.max(1, letters.length) + "%";
  };
  const show = (i, focus) => {
    at = Math.max(0, Math.min(letters.length - 1, i));
    letters.forEach((l, n) => { l.hidden = n !== at; });
    rows.forEach(a => a.removeAttribute("aria-current"));
    const row = rows.get(letters[at].id);
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
    if (focus) letters[at].querySelector("h2").focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  };
  const next = () => {
    for (let n = 1; n <= letters.length; n++) {
      const i = (at + n) % letters.length;
      if (!done.has(letters[i].id)) { show(i, true); return; }
    }
  };
  const set = (id, yes) => {
    if (yes) done.add(id); else done.delete(id);
    rows.get(id).classList.toggle("done", yes);
    keep(); count();
  };
  letters.forEach(l => {
    const box = l.querySelector("input");
    box.checked = done.has(l.id);
    rows.get(l.id).classList.toggle("done", box.checked);
    box.addEventListener("change", () => { set(l.id, box.checked); if (box.checked) next(); });
  });
  document.addEventListener("click", e => {
    const a = e.target.closest("a[href^='#']");
    const i = a ? letters.findIndex(l => "#" + l.id === a.hash) : -1;
    if (i >= 0) { e.preventDefault(); show(i, true); }
  });
  document.addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches("input:not([type=checkbox]),textarea")) return;
    if (e.key === "j") show(at + 1, true);
    else if (e.key === "k") show(at - 1, true);
    else if (e.key === "d") letters[at].querySelector("input").click();
    else if (e.key === "o") { const go = letters[at].querySelector("a.go"); if (go) go.click(); }
  });
  if (letters.length) { count(); show(Math.max(0, letters.findIndex(l => !done.has(l.id))), false); }
})();
