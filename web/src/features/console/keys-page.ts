import { consoleTexts } from "../../../texts/console.ts";
import type { ApiKey, CreateApiKeyRequest } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { confirmByName } from "./confirm-name.ts";
import { showEndingKeys } from "./ending-keys.ts";
import { expiryOf } from "./key-expiry.ts";
import { machinesApi } from "./machines-api.ts";
import { onceAtATime } from "./once-at-a-time.ts";
import { refusalText } from "./refusal-text.ts";
import { wireSecret } from "./secret-view.ts";
import { openToStaff } from "./staff-gate.ts";
import { linkButton, tableRow } from "./table-row.ts";
import { bothTimes } from "./time-texts.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const texts = consoleTexts.keys;
const status = part(document, "keys-status");
const form = part<HTMLFormElement>(document, "key-form");
const showSecret = wireSecret();

function tell(text: string, tone: "good" | "bad" | "quiet"): void {
  status.dataset["tone"] = tone;
  setText(status, text);
}

function actOf(key: ApiKey): string | Node {
  if (key.revokedAt !== null) return texts.revoked(bothTimes(key.revokedAt));
  return linkButton(texts.revoke, () => void revoke(key));
}

function expiryText(key: ApiKey): string {
  if (key.expiresAt === null) return texts.noEnd;
  const when = bothTimes(key.expiresAt);
  const expiry = expiryOf(key, Date.now());
  if (expiry === "over") return texts.over(when);
  return expiry === "soon" ? texts.soon(when) : when;
}

/** Days that were chosen from now on; null: it has no end. */
const endIn = (days: string) =>
  days === "" ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString();

const rowOf = (key: ApiKey) =>
  tableRow([
    [key.name],
    [key.scopes.join(", ")],
    [key.createdByEmail ?? key.createdBy],
    [bothTimes(key.createdAt)],
    [key.usedAt === null ? texts.never : bothTimes(key.usedAt)],
    [expiryText(key)],
    [actOf(key)],
  ]);

async function load(): Promise<void> {
  const reply = await machinesApi.keys();
  if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
  part(document, "key-rows").replaceChildren(...reply.value.keys.map(rowOf));
  showEndingKeys(reply.value.keys);
  if (reply.value.keys.length === 0) tell(texts.none, "quiet");
}

async function revoke({ keyId, name }: ApiKey): Promise<void> {
  if (!(await confirmByName(texts.revokeWhat, name, texts.revokeAction))) return;
  const reply = await machinesApi.revokeKey(keyId);
  if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
  tell(texts.done.revoked, "good");
  await load();
}

const make = onceAtATime(async () => {
  const fields = new FormData(form);
  const scopes = fields.getAll("scopes") as CreateApiKeyRequest["scopes"];
  const expiresAt = endIn(fields.get("days") as string);
  const reply = await machinesApi.makeKey({ name: fields.get("name") as string, scopes, expiresAt });
  if (reply.kind !== "ok") return tell(refusalText(reply), "bad");
  form.reset();
  tell("", "quiet");
  showSecret(reply.value.secret);
  await load();
});

openToStaff(({ role }) => {
  const isAdmin = role === "admin";
  setShown(part(document, "not-admin"), !isAdmin);
  setShown(part(document, "keys"), isAdmin);
  if (!isAdmin) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void make();
  });
  void load();
});
