// Passkeys: the browser makes one or proves that it has one, and the form sends what came of it.
// The options stand on the page (data-options) or are asked for when the button is pressed (data-ask).
"use strict";

const known = typeof PublicKeyCredential === "function" && "parseRequestOptionsFromJSON" in PublicKeyCredential;

function show(name) {
  for (const each of document.querySelectorAll(`[data-passkey-${name}]`)) each.hidden = false;
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).request_options;
}

async function make(form, { publicKey }) {
  const alone = form.elements.passwordless?.checked ?? false;
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
    ...(alone && { userVerification: "required" }),
  };
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
}

async function prove({ publicKey }) {
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

async function use(form) {
  const options = await optionsOf(form);
  const credential = form.dataset.passkey === "create" ? await make(form, options) : await prove(options);
  form.elements.credential.value = JSON.stringify(credential);
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (known) form.hidden = false;
  else show("absent");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (known) use(form).catch(() => show("failed"));
  });
}
