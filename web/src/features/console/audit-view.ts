import { consoleTexts as texts } from "../../../texts/console.ts";
import type { AuditEntry, BuyerId, Role } from "../api/contract.ts";
import { part, setText } from "../page/dom.ts";
import { formatCount } from "../page/format.ts";
import { consoleApi } from "./console-api.ts";
import { refusalText } from "./refusal-text.ts";
import { fieldName } from "./said.ts";
import { bothTimes } from "./time-texts.ts";

/** Who did what; loaded at first and after each change. */
export async function showAudit(saleId: string, me: BuyerId): Promise<void> {
  const root = part(document, "audit");
  const reply = await consoleApi.audit(saleId);
  setText(part(root, "audit-status"), reply.kind === "ok" ? "" : refusalText(reply));
  if (reply.kind !== "ok") return;
  part(root, "audit-entries").replaceChildren(...reply.value.entries.map((entry) => auditItem(entry, me)));
}

/** One line of the log. */
export function auditItem(entry: AuditEntry, me: BuyerId): HTMLLIElement {
  const item = document.createElement("li");
  const who =
    entry.actorId === me ? texts.audit.you : (entry.actorName ?? entry.actorEmail ?? entry.actorId ?? "");
  const head = document.createElement("p");
  head.textContent = texts.audit.did(
    texts.audit.actions[entry.action],
    who,
    entry.actorRole === null ? texts.audit.command : texts.roles[entry.actorRole],
  );
  const when = document.createElement("p");
  when.className = "soft";
  when.textContent = `${bothTimes(entry.madeAt)} · ${texts.request} ${entry.requestId}`;
  item.append(head, when);
  const details = detailsOf(entry);
  if (details === "") return item;
  const changes = document.createElement("p");
  changes.textContent = details;
  head.after(changes);
  return item;
}

function detailsOf({ action, before, after }: AuditEntry): string {
  if (action === "refund_wished") {
    const { orderId, amountMinor, how, reason } = after;
    const what = how === "again" || how === "otherwise" ? texts.order.money.how[how] : null;
    return texts.audit.refund(String(orderId), what ?? formatCount(Number(amountMinor)), String(reason));
  }
  if (action === "cancel_wished") {
    const { orderId, units, isWithheld, reason } = after;
    const where = isWithheld === true ? texts.order.withheld : texts.order.onSale;
    return texts.audit.wish(String(orderId), String(units), where, String(reason));
  }
  if (action === "role_changed") {
    return texts.people.acts.role(String(after["email"]), roleText(before["role"]), roleText(after["role"]));
  }
  if (newer.includes(action)) return valuesText(after);
  if (action !== "changed") return "";
  return Object.entries(after)
    .map(([name, value]) => {
      const was = name in before ? `${valueText(name, before[name])} → ` : "";
      return `${fieldName(name)}: ${was}${valueText(name, value)}`;
    })
    .join(" · ");
}

const roleText = (role: unknown): string =>
  role === "shopper" ? texts.people.roles.none : (texts.roles[role as Role] ?? String(role));

/** Acts that name what they were about. */
const newer: readonly string[] = [
  "picture_stored",
  "dead_letters_redriven",
  "evidence_key_revoked",
  "go_decided",
  "data_exported",
  "data_deletion_asked",
  "data_deleted",
  "orders_deleted",
  "endpoint_added",
  "endpoint_changed",
  "endpoint_secret_changed",
  "endpoint_tested",
  "events_redelivered",
  "api_key_made",
];
const valuesText = (values: AuditEntry["after"]): string =>
  Object.entries(values)
    .map(([name, value]) => `${fieldName(name)}: ${valueText(name, value)}`)
    .join(" · ");

const worded: readonly string[] = ["state", "mode", "visibility", "guests", "guestsBy", "guestsHow"];
const times: readonly string[] = ["startsAt", "endsAt", "closesAt", "resultAt"];

function valueText(name: string, value: AuditEntry["after"][string] | undefined): string {
  if (value === null || value === undefined) return texts.unknown;
  if (typeof value === "number") return formatCount(value);
  const text = String(value);
  if (times.includes(name) || name.startsWith("tier.")) return bothTimes(text);
  return worded.includes(name) ? (texts.audit.values[text] ?? text) : text;
}
