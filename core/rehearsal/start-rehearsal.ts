import { createHash } from "node:crypto";
import type { AdministrationDependencies } from "../administration/administration-dependencies.ts";
import { createSale } from "../administration/create-sale.ts";
import type { Rehearsal, StartRehearsalRequest } from "../contract/rehearsal.ts";
import { LAWFUL_WITHDRAWAL } from "../contract/sale-withdrawal.ts";
import type { Actor } from "../identity/actor.ts";
import { newRehearsalId } from "../ids.ts";
import { TEST_CURRENCY } from "../sale/listed-sales.ts";
import { lineTimes } from "./line-times.ts";
import type { RehearsalQueue } from "./rehearsal-queue.sqs.ts";
import { insertRehearsal, nameSale, saleKeyOf } from "./rehearsals.postgres.ts";
import { paymentOf, REHEARSAL_PRICE_MINOR } from "./terms.ts";

export type StartDependencies = AdministrationDependencies & {
  readonly queue: RehearsalQueue;
  /** Whether the payment provider's key is of its test mode. */
  readonly isTestMode: boolean;
};

/** Should every process that knows of it die, its sale ends by itself. */
const SALE_MS = 14 * 60 * 1000;

export type StartOutcome =
  | { readonly kind: "started"; readonly rehearsal: Rehearsal }
  | { readonly kind: "key_reused" }
  /** It would have to take money. */
  | { readonly kind: "takes_real_money" };

/**
 * Makes a rehearsal's sale, which no list shows, and has its crowd come. Repeating the request, at any point, finishes what is undone; a
 * crowd comes once.
 */
export async function startRehearsal(
  deps: StartDependencies,
  request: StartRehearsalRequest,
  creationKey: string,
  actor: Actor,
  nowMs: number,
): Promise<StartOutcome> {
  const { buyers, units, fault, mode: kind, payment } = request;
  if (payment === "held" && !deps.isTestMode) return { kind: "takes_real_money" };
  const creationHash = createHash("sha256")
    .update(JSON.stringify({ buyers, units, fault, kind, payment }))
    .digest("base64url");
  const rehearsal = await insertRehearsal(deps.db, {
    ...request,
    rehearsalId: newRehearsalId(nowMs),
    creationKey,
    creationHash,
    startedBy: actor.buyerId,
  });
  if (!rehearsal) return { kind: "key_reused" };
  if (rehearsal.state !== "waiting") return { kind: "started", rehearsal };
  const { rehearsalId } = rehearsal;
  // From the rehearsal's own time, so that a repetition is the same request.
  const { mode, startsAtMs } = lineTimes(kind, buyers, Date.parse(rehearsal.startedAt));
  const settings = {
    name: `Rehearsal ${rehearsalId}`,
    description: "",
    translations: {},
    priceMinor: REHEARSAL_PRICE_MINOR,
    currency: TEST_CURRENCY,
    allocated: units,
    purchaseLimit: 1,
    attemptLimit: 100,
    startsAt: new Date(startsAtMs).toISOString(),
    endsAt: new Date(startsAtMs + SALE_MS).toISOString(),
    mode,
    payment: paymentOf(payment, buyers),
    withdrawal: LAWFUL_WITHDRAWAL,
    guests: { kind: "everybody" },
    visibility: "unlisted",
  } as const;
  const created = await createSale(deps, settings, saleKeyOf(rehearsalId), actor, nowMs);
  if (created.kind === "key_reused") throw new Error(`the sale of ${rehearsalId} was created otherwise`);
  const { saleId } = created.sale;
  await nameSale(deps.db, rehearsalId, saleId);
  await deps.queue.send(rehearsalId);
  return { kind: "started", rehearsal: { ...rehearsal, saleId } };
}
