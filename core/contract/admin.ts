import * as v from "valibot";
import { pictureReference } from "./picture.ts";
import { revenue } from "./revenue.ts";
import { attempts, count, instant, saleStatus } from "./sale.ts";
import { guests, wrongGuests } from "./guests.ts";
import { saleMode, wrongModeFields } from "./sale-mode.ts";
import { salePayment, wrongPayment } from "./sale-payment.ts";
import { LAWFUL_WITHDRAWAL, saleWithdrawal } from "./sale-withdrawal.ts";
import { saleId } from "./ids.ts";
import { MAX_QUANTITY } from "./purchase.ts";
import { storableLine, storableText } from "./text.ts";
import { firstVisibility, visibilities, visibility } from "./visibility.ts";

const MAX_ALLOCATION = 10_000_000;
const line = v.pipe(storableLine, v.trim(), v.maxLength(120));
const name = v.pipe(line, v.minLength(1, "must not be empty"));
const description = v.pipe(storableText, v.trim(), v.maxLength(2000));
const translation = v.strictObject({
  name: v.optional(line, ""),
  description: v.optional(description, ""),
});
const positive = (max: number) =>
  v.pipe(
    v.number("must be a whole number"),
    v.integer("must be a whole number"),
    v.minValue(1),
    v.maxValue(max),
  );

type Window = { startsAt?: string | undefined; endsAt?: string | null | undefined };
const startBeforeEnd = <T extends Window>() =>
  v.check<T, string>(
    ({ startsAt, endsAt }) => !startsAt || !endsAt || Date.parse(startsAt) < Date.parse(endsAt),
    "startsAt must be before endsAt",
  );

const fields = {
  name,
  description,
  /** In a language of the shop; what is empty or missing is shown as it is else. */
  translations: v.strictObject({ en: v.optional(translation), de: v.optional(translation) }),
  /** Price of one unit in the currency's minor unit (cents). */
  priceMinor: v.pipe(
    v.number(),
    v.integer("must be a whole number"),
    v.minValue(0),
    v.maxValue(1_000_000_000),
  ),
  /** A sale in XTS, ISO 4217's code for tests, is in no list that shoppers see. */
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, "must be an ISO 4217 code such as EUR")),
  /** Units given to the sale. */
  allocated: positive(MAX_ALLOCATION),
  /** Most units per buyer; it is not lowered once somebody has joined the line, or the sale has begun. */
  purchaseLimit: positive(MAX_QUANTITY),
  /** Most attempts of one buyer that reach the gate in ten seconds. */
  attemptLimit: positive(10_000),
  /** Once list 0 of a line has closed, no earlier than its log says; once the first turns were given, it stays. */
  startsAt: instant,
  endsAt: v.nullable(instant),
  picture: v.nullable(pictureReference),
  /** How people are let in; it can be chosen until the first person has joined the line. */
  mode: saleMode,
  /** Whether units are held until they are paid for; it can be chosen until the sale begins. */
  payment: salePayment,
  /** For how long its buyers may withdraw, or why not; it can be chosen until the sale begins. */
  withdrawal: saleWithdrawal,
  /** Who may come; whoever was let in by an invitation asks for another one once this has changed. */
  guests,
  /** Who sees it. A draft is published by making it listed or unlisted, and is never a draft again. */
  visibility,
};

/** Creating a sale. Send an Idempotency-Key: repeating the request then answers the same sale. */
export const createSaleRequest = v.pipe(
  v.strictObject({
    ...fields,
    description: v.optional(description, ""),
    translations: v.optional(fields.translations, {}),
    purchaseLimit: v.optional(fields.purchaseLimit, 1),
    attemptLimit: v.optional(fields.attemptLimit, 10),
    endsAt: v.optional(fields.endsAt, null),
    picture: v.optional(fields.picture),
    mode: v.optional(fields.mode, { kind: "open" }),
    payment: v.optional(fields.payment, { kind: "none" }),
    withdrawal: v.optional(fields.withdrawal, LAWFUL_WITHDRAWAL),
    guests: v.optional(fields.guests, { kind: "everybody" }),
    visibility: v.optional(firstVisibility, "listed"),
  }),
  startBeforeEnd(),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const sale = dataset.value;
    const refuse = (key: string, value: unknown, message: string) =>
      addIssue({ message, path: [{ type: "object", origin: "value", input: sale, key, value }] });
    for (const { field, message } of wrongModeFields(sale.mode, Date.parse(sale.startsAt)))
      refuse(field, sale.mode, message);
    for (const { field, message } of wrongGuests(sale.guests, Date.parse(sale.startsAt), sale.mode))
      refuse(field, sale.guests, message);
    const wrong = wrongPayment(sale.payment, sale.priceMinor, sale.currency);
    if (wrong !== null) refuse("payment", sale.payment, wrong);
  }),
);
export type CreateSaleRequest = v.InferOutput<typeof createSaleRequest>;

export const updateSaleRequest = v.pipe(
  v.partial(v.strictObject(fields)),
  v.check((change) => Object.keys(change).length > 0, "must change at least one field"),
  startBeforeEnd(),
);
export type UpdateSaleRequest = v.InferOutput<typeof updateSaleRequest>;

const state = v.picklist(["running", "paused", "ended"]);

/** One sale as operators see it: the shopper's view, its settings, and each store's own numbers. */
export const saleNumbers = v.object({
  ...saleStatus.entries,
  visibility,
  /** As operators decided it, in the system of record. */
  state,
  /** What the gate goes by at this moment; null while it does not answer or cannot be trusted. */
  gateState: v.nullable(state),
  /** Over, and every store agrees on every order: it can be retired. */
  isClosed: v.boolean(),
  revision: count,
  epoch: count,
  attemptLimit: count,
  /** Reserved by the gate and not yet published for certain. */
  outbox: v.nullable(count),
  /** Attempts that reached the gate while it was open, since its keys were made; answers from memory do not count. */
  attempts: v.nullable(attempts),
  /** Rows by state; the units that buyers have. */
  orders: v.object({ confirmed: count, rejected: count, returned: count, soldUnits: count }),
});
export type SaleNumbers = v.InferOutput<typeof saleNumbers>;

/** One sale as the console watches it: its numbers, and those of what works behind all sales. */
export const saleWatch = v.object({
  ...saleNumbers.entries,
  /** Messages of all sales; approximate, as SQS counts them. Null: SQS did not answer. */
  queue: v.nullable(v.object({ waiting: count, inFlight: count, deadLetters: count })),
  /** From the order rows; null for roles that may not see it. */
  revenue: v.nullable(revenue),
  /** When a guardian was last at work, by its clock; null: never. */
  guardianSeenAt: v.nullable(instant),
  /** When the guardian last compared the stores, and what it found. */
  lastComparison: v.nullable(v.object({ at: instant, driftUnits: count, inFlight: count })),
  /** The last five, newest first. */
  recoveries: v.array(
    v.object({
      why: v.string(),
      epoch: count,
      startedAt: instant,
      finishedAt: instant,
      buyers: count,
      soldUnits: count,
      republished: count,
    }),
  ),
});
export type SaleWatch = v.InferOutput<typeof saleWatch>;

/** What PostgreSQL alone can say: a sale is sold out once its orders are written, some seconds after the gate says so. */
export const phaseFilters = ["scheduled", "open", "sold_out", "paused", "ended"] as const;
export type PhaseFilter = (typeof phaseFilters)[number];
export const visibilityFilters = ["not_retired", ...visibilities] as const;
export type VisibilityFilter = (typeof visibilityFilters)[number];
const MOST_SALES_A_PAGE = 100;

export const salesQuery = v.strictObject({
  /** A part of the name, or the beginning of the id; nothing finds all but those in the currency for tests. */
  search: v.optional(v.pipe(v.string(), v.trim(), storableLine, v.maxLength(120)), ""),
  /** Of published sales. */
  phase: v.optional(v.picklist(phaseFilters, `must be one of ${phaseFilters.join(", ")}`)),
  visibility: v.optional(v.picklist(visibilityFilters, `must be one of ${visibilityFilters.join(", ")}`)),
  /** The last sale of the page before. */
  after: v.optional(saleId),
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,3}$/, "must be a whole number"),
      v.transform(Number),
      v.minValue(1),
      v.maxValue(MOST_SALES_A_PAGE),
    ),
    "50",
  ),
});
export type SalesQuery = v.InferOutput<typeof salesQuery>;

/** Newest first. `next` goes into `after` for the next page; null: there is none. `found` counts all pages. */
export const adminSaleList = v.object({
  sales: v.array(saleNumbers),
  next: v.nullable(saleId),
  found: count,
});
export type AdminSaleList = v.InferOutput<typeof adminSaleList>;
