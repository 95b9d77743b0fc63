import { passkeyTexts } from "../../../texts/passkeys.ts";
import type { Passkey, PasskeyList } from "../api/contract.ts";
import { request } from "../api/request.ts";
import { createSession } from "../identity/session.ts";
import { wireSignIn } from "../identity/sign-in-form.ts";
import { showSignedIn } from "../identity/signed-in-view.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatMoment } from "../page/format.ts";
import { showPushes } from "../push/push-list.ts";
import { addPasskey } from "./use-passkey.ts";
import "../push/wire-push.ts";

const texts = await passkeyTexts();
const root = part(document, "passkeys");
const list = part(root, "passkey-list");
const form = part<HTMLFormElement>(root, "passkey-form");
const field = part<HTMLInputElement>(form, "passkey-name");
const error = part(form, "passkey-name-error");
const status = part(root, "passkey-status");
const path = "/api/identity/passkeys";
const canUse = "PublicKeyCredential" in window;
/** Counts sign-ins and sign-outs: what came for an earlier one is no longer wanted. */
let sessionNumber = 0;

const session = createSession((current) => {
  sessionNumber += 1;
  const isSignedIn = current.kind === "signed_in";
  setShown(part(root, "sign-in"), current.kind === "anonymous");
  setShown(form, isSignedIn && canUse);
  setShown(part(root, "passkey-own"), isSignedIn);
  setText(part(root, "passkey-note"), canUse ? (isSignedIn ? "" : texts.signedOut) : texts.unable);
  showSignedIn(root, current);
  setShown(part(root, "push-own"), isSignedIn);
  if (!isSignedIn) return;
  void load();
  void showPushes(root);
});

async function load(tries = 1): Promise<void> {
  const askedIn = sessionNumber;
  const reply = await request<PasskeyList>(path);
  if (askedIn !== sessionNumber) return;
  if (reply.kind === "ok") return show(reply.value.passkeys);
  if (reply.kind === "refused" && reply.problem.kind === "unauthenticated") return session.forget();
  setText(status, texts.noAnswer);
  await new Promise((resolve) => setTimeout(resolve, Math.min(tries, 10) * 1_500));
  if (askedIn === sessionNumber) await load(tries + 1);
}

function show(passkeys: readonly Passkey[]): void {
  setShown(part(root, "passkey-none"), passkeys.length === 0);
  list.replaceChildren(...passkeys.map(itemOf));
}

const moment = (iso: string) => formatMoment(Date.parse(iso));

function itemOf(passkey: Passkey): HTMLLIElement {
  const { name, createdAt, lastUsedAt } = passkey;
  const item = document.createElement("li");
  const heading = document.createElement("b");
  heading.textContent = name;
  const when = document.createElement("span");
  const used = lastUsedAt === null ? texts.neverUsed : texts.used(moment(lastUsedAt));
  when.textContent = ` ${texts.created(moment(createdAt))} ${used} `;
  item.append(heading, when, removeButton(passkey));
  return item;
}

/** Two clicks: what is removed is gone. */
function removeButton({ passkeyId, name }: Passkey): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = texts.remove;
  button.setAttribute("aria-label", texts.removeOf(name));
  let isAsked = false;
  button.addEventListener("click", () => {
    if (isAsked) void remove(passkeyId, name);
    else {
      isAsked = true;
      button.textContent = texts.removeSure(name);
      button.removeAttribute("aria-label");
    }
  });
  return button;
}

async function remove(passkeyId: string, name: string): Promise<void> {
  const reply = await request<undefined>(`${path}/${encodeURIComponent(passkeyId)}`, { method: "DELETE" });
  const isGone = reply.kind === "ok" || (reply.kind === "refused" && reply.problem.kind === "not_found");
  setText(status, isGone ? texts.removed(name) : texts.noAnswer);
  await load();
  part(root, "heading").focus();
}

function tellError(text: string): void {
  setText(error, text);
  field.setAttribute("aria-invalid", String(text !== ""));
  if (text !== "") field.focus();
}

async function add(): Promise<void> {
  const name = field.value.trim();
  if (name === "") return tellError(texts.nameMissing);
  tellError("");
  setText(status, "");
  const added = await addPasskey(name);
  if (typeof added === "string") return tellError(added);
  field.value = "";
  setText(status, texts.added(added.name));
  await load();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  void add().finally(() => form.setAttribute("aria-busy", "false"));
});
document.addEventListener("push-changed", () => void showPushes(root));
part(root, "sign-out").addEventListener("click", () => void session.signOut());
wireSignIn(part(root, "sign-in"), session, () => part(root, "heading").focus());
