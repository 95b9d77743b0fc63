import { isPayable } from "../../../../core/contract/payment-currency.ts";
import type {
  CreateSaleRequest,
  SaleNumbers,
  SalePayment,
  SaleWithdrawal,
  WithdrawalException,
} from "../api/contract.ts";
import { decimalSign } from "../page/format.ts";
import { fieldsOfGuests, type GuestFields, readGuests } from "./guests-form.ts";
import { fieldsOfSaleMode, type ModeFields, readMode, type WrongField } from "./mode-form.ts";
import { fieldsOfTranslations, readTranslations, type TranslationFields } from "./translation-form.ts";
import { instantOf, wallTimeAt } from "./zoned-time.ts";

/** All but the picture, which is no text, and who sees it, which is chosen once here and then on the sale's own page. */
export type SaleSettings = Omit<CreateSaleRequest, "picture" | "visibility">;
/** The form's fields as text, by the API's names; times are of the zone that was chosen. */
export type SaleFields = Record<
  | Exclude<keyof SaleSettings, "mode" | "payment" | "guests" | "translations">
  | "zone"
  | "holdMinutes"
  | "withdrawalDays"
  | "returnsGo",
  string
> &
  ModeFields &
  GuestFields &
  TranslationFields;
export type ReadForm =
  | { readonly kind: "valid"; readonly request: SaleSettings }
  | {
      readonly kind: "wrong";
      readonly field: "startsAt" | "endsAt" | "priceMinor" | "holdMinutes" | "withdrawalDays" | "currency";
    }
  | {
      readonly kind: "wrong";
      readonly field: "guests";
      readonly of: keyof GuestFields;
      readonly why: "time" | "name" | "late";
    }
  | { readonly kind: "wrong"; readonly field: "mode"; readonly wrong: readonly WrongField[] };

const digitsOf = (currency: string): number => {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
};

/** Minor units of a price such as "129.90"; null when it is none in this currency. */
export function priceMinorOf(price: string, currency: string): number | null {
  const digits = digitsOf(currency);
  const [whole = "", fraction = "", ...rest] = price.trim().replace(",", ".").split(".");
  if (!/^\d+$/.test(whole) || !/^\d*$/.test(fraction) || fraction.length > digits || rest.length > 0)
    return null;
  return Number(whole + fraction.padEnd(digits, "0"));
}

/** Minutes to pay in, as the contract allows them; empty: nothing is paid here. Null: neither. */
function paymentOf(minutes: string): SalePayment | null {
  if (minutes.trim() === "") return { kind: "none" };
  const holdSeconds = Number(minutes.replace(",", ".")) * 60;
  const isRight = Number.isInteger(holdSeconds) && holdSeconds >= 60 && holdSeconds <= 1_800;
  return isRight ? { kind: "held", holdSeconds } : null;
}

/** `withdrawal` is "days", or the law's exception. Null: there are too few days or too many. */
function withdrawalOf({ withdrawal, withdrawalDays, returnsGo }: SaleFields): SaleWithdrawal | null {
  if (withdrawal !== "days") return { kind: "excepted", exception: withdrawal as WithdrawalException };
  const days = Number(withdrawalDays);
  const isRight = Number.isInteger(days) && days >= 14 && days <= 365;
  return isRight
    ? { kind: "days", days, returnsGo: returnsGo === "withheld" ? "withheld" : "on_sale" }
    : null;
}

const fieldsOfWithdrawal = (withdrawal: SaleWithdrawal) =>
  withdrawal.kind === "excepted"
    ? { withdrawal: withdrawal.exception, withdrawalDays: "14", returnsGo: "on_sale" }
    : { withdrawal: "days", withdrawalDays: String(withdrawal.days), returnsGo: withdrawal.returnsGo };

/** What the form asks for. Times and the price are read here, since only the page knows zone and notation; the rest the API checks. */
export function readFields(fields: SaleFields): ReadForm {
  const startsAtMs = instantOf(fields.startsAt, fields.zone);
  if (startsAtMs === null) return { kind: "wrong", field: "startsAt" };
  const endsAtMs = fields.endsAt === "" ? null : instantOf(fields.endsAt, fields.zone);
  const isEndWrong = endsAtMs === null ? fields.endsAt !== "" : endsAtMs <= startsAtMs;
  if (isEndWrong) return { kind: "wrong", field: "endsAt" };
  const priceMinor = priceMinorOf(fields.priceMinor, fields.currency);
  if (priceMinor === null) return { kind: "wrong", field: "priceMinor" };
  const payment = paymentOf(fields.holdMinutes);
  if (payment === null) return { kind: "wrong", field: "holdMinutes" };
  if (payment.kind === "held" && !isPayable(fields.currency)) return { kind: "wrong", field: "currency" };
  const withdrawal = withdrawalOf(fields);
  if (withdrawal === null) return { kind: "wrong", field: "withdrawalDays" };
  const mode = readMode(fields, fields.zone, startsAtMs);
  if (mode.kind === "wrong") return { ...mode, field: "mode" };
  const guests = readGuests(fields, fields.zone, startsAtMs);
  if (guests.kind === "wrong") return { ...guests, field: "guests", of: guests.field };
  return {
    kind: "valid",
    request: {
      mode: mode.mode,
      guests: guests.guests,
      payment,
      withdrawal,
      name: fields.name,
      description: fields.description,
      translations: readTranslations(fields),
      currency: fields.currency,
      priceMinor,
      allocated: Number(fields.allocated),
      purchaseLimit: Number(fields.purchaseLimit),
      attemptLimit: Number(fields.attemptLimit),
      startsAt: new Date(startsAtMs).toISOString(),
      endsAt: endsAtMs === null ? null : new Date(endsAtMs).toISOString(),
    },
  };
}

/** A sale as the form shows it. The allocation is empty where the gate did not say it. */
export function fieldsOf(sale: SaleNumbers, zone: string): SaleFields {
  const digits = digitsOf(sale.currency);
  return {
    name: sale.name,
    description: sale.description,
    ...fieldsOfTranslations(sale.translations),
    currency: sale.currency,
    priceMinor: (sale.priceMinor / 10 ** digits).toFixed(digits).replace(".", decimalSign),
    allocated: sale.stock ? String(sale.stock.allocated) : "",
    purchaseLimit: String(sale.purchaseLimit),
    attemptLimit: String(sale.attemptLimit),
    startsAt: wallTimeAt(Date.parse(sale.startsAt), zone),
    endsAt: sale.endsAt === null ? "" : wallTimeAt(Date.parse(sale.endsAt), zone),
    zone,
    holdMinutes:
      sale.payment.kind === "held" ? String(sale.payment.holdSeconds / 60).replace(".", decimalSign) : "",
    ...fieldsOfWithdrawal(sale.withdrawal),
    ...fieldsOfSaleMode(sale.mode, zone),
    ...fieldsOfGuests(sale.guests, zone),
  };
}
