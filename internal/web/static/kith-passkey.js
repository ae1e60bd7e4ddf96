// Passkeys: a form asks the service what the passkey is to sign, the browser
// has it signed, and the form takes the answer along.
"use strict";
(() => {
  const able = window.PublicKeyCredential?.parseRequestOptionsFromJSON;

  const show = () => {
    if (!able) return;
    for (const form of document.querySelectorAll("form[data-passkey]")) form.hidden = false;
    for (const none of document.querySelectorAll("[data-passkey-none]")) none.hidden = true;
  };
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("htmx:afterSettle", show);

  // What the passkey says to what the service asks.
  const answer = async (kind, options) => {
    const key = kind === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey) });
    return JSON.stringify(key);
  };

  const send = async (form) => {
    const wrong = form.querySelector("[data-passkey-wrong]");
    const stopped = form.querySelector("[data-passkey-stopped]");
    wrong.hidden = stopped.hidden = true;
    try {
      const begun = await fetch(form.dataset.begin, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const asked = await begun.json();
      if (asked.wrong) {
        wrong.textContent = asked.wrong;
        wrong.hidden = false;
        return;
      }
      form.elements.response.value = await answer(form.dataset.passkey, asked.options);
      form.elements.ceremony.value = asked.ceremony;
    } catch {
      stopped.hidden = false;
      return;
    }
    form.submit();
  };

  // Before htmx sees it.
  document.addEventListener("submit", (e) => {
    if (!e.target.matches("form[data-passkey]")) return;
    e.preventDefault();
    e.stopPropagation();
    send(e.target);
  }, true);
})();
