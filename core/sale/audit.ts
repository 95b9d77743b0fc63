import type { AuditAction, AuditValues } from "../contract/audit.ts";
import type { Guests } from "../contract/guests.ts";
import type { Translations } from "../contract/translations.ts";
import type { SaleMode } from "../contract/sale-mode.ts";
import type { SalePayment } from "../contract/sale-payment.ts";
import type { SaleWithdrawal } from "../contract/sale-withdrawal.ts";
import type { Sale } from "./sale.ts";

export type AuditedChange = {
  readonly action: AuditAction;
  readonly before: AuditValues;
  readonly after: AuditValues;
};

/** The mode, and under their own names its settings. Since when its returns go by turns no operator decides. */
const modeValues = (mode: SaleMode): AuditValues => {
  if (mode.kind === "open") return { mode: mode.kind };
  const { kind, ...settings } = mode;
  return { mode: kind, ...settings };
};

/** Likewise. */
const paymentValues = ({ kind, ...settings }: SalePayment): AuditValues => ({ payment: kind, ...settings });
const withdrawalValues = (withdrawal: SaleWithdrawal): AuditValues =>
  withdrawal.kind === "excepted"
    ? { withdrawal: withdrawal.exception }
    : { withdrawalDays: withdrawal.days, returnsGo: withdrawal.returnsGo };
/** Who may come, and each tier's opening under its name. */
const guestValues = ({ guests, guestList }: Pick<Sale, "guests" | "guestList">): AuditValues => ({
  guests: guests.kind,
  ...(guests.kind !== "everybody" && { guestsBy: guests.by, ...tierValues(guests) }),
  guestList: guestList.id || null,
  guestEdition: guestList.edition,
});
const tierValues = ({ tiers }: Exclude<Guests, { kind: "everybody" }>): AuditValues =>
  Object.fromEntries(tiers.map(({ name, startsAt }) => [`tier.${name}`, startsAt]));
/** Each text under its own name: `name.de`. */
const translationValues = (translations: Translations): AuditValues =>
  Object.fromEntries(
    Object.entries(translations).flatMap(([language, translation]) =>
      Object.entries(translation ?? {}).map(([part, text]) => [`${part}.${language}`, text || null]),
    ),
  );

const settingsOf = (sale: Sale): AuditValues => ({
  name: sale.name,
  description: sale.description,
  ...translationValues(sale.translations),
  priceMinor: sale.priceMinor,
  currency: sale.currency,
  allocated: sale.allocated,
  purchaseLimit: sale.purchaseLimit,
  attemptLimit: sale.attemptLimit,
  ...modeValues(sale.mode),
  ...paymentValues(sale.payment),
  ...withdrawalValues(sale.withdrawal),
  ...guestValues(sale),
  startsAt: new Date(sale.startsAtMs).toISOString(),
  endsAt: sale.endsAtMs === null ? null : new Date(sale.endsAtMs).toISOString(),
  picture: sale.picture?.id ?? null,
  pictureAlt: sale.picture?.alt ?? null,
  state: sale.state,
  visibility: sale.visibility,
});

export const auditCreation = (sale: Sale): AuditedChange => ({
  action: "created",
  before: {},
  after: settingsOf(sale),
});

/** What a change did, by the settings that it changed; null: none. */
export function auditChange(before: Sale, after: Sale): AuditedChange | null {
  const [was, is] = [settingsOf(before), settingsOf(after)];
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (key) => was[key] !== is[key],
  );
  if (changed.length === 0) return null;
  const of = (values: AuditValues) => Object.fromEntries(changed.map((key) => [key, values[key] ?? null]));
  return { action: actionOf(before, after), before: of(was), after: of(is) };
}

function actionOf(before: Sale, after: Sale): AuditAction {
  if (before.visibility !== after.visibility) return visibilityAction(before, after);
  if (before.state === after.state) return "changed";
  if (after.state === "running") return "resumed";
  return after.state;
}

function visibilityAction(before: Sale, after: Sale): AuditAction {
  if (after.visibility === "retired") return "retired";
  if (before.visibility === "retired") return "brought_back";
  return before.visibility === "draft" ? "published" : "changed";
}
