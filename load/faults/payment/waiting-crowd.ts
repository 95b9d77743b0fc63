import type { JoinAnswer } from "../../../core/contract/line.ts";
import { callUntilAnswered } from "../../../local/call-until-answered.ts";
import { buy } from "../../fairness/buy.ts";
import { createCaller } from "../../fairness/caller.ts";
import { followLine } from "../../fairness/follow-line.ts";
import type { Guest, Launch } from "../../fairness/launch.ts";
import { localSession } from "../../local-session.ts";
import { readLine } from "../line/line-log.ts";
import { waitUntil } from "../wait-until.ts";
import { createPayer, type Payer } from "./payer.ts";
import type { PaymentStage } from "./payment-fault.ts";

const WAITING = 6;
const CONNECTIONS = 6;
/** Half a minute until the list closes, and about as long until its round. */
const DRAWN_LIMIT_MS = 180_000;
const FOLLOW_LIMIT_MS = 180_000;

export type WaitingCrowd = Awaited<ReturnType<typeof startWaiting>>;

/**
 * People who wait for what comes back to a sale of which every unit is held; their list has been drawn.
 *
 * @param tokens of people who signed in otherwise; absent: people whom no mail reaches.
 */
export async function startWaiting(
  stage: PaymentStage,
  tokens: readonly string[] = Array.from({ length: WAITING }, () => localSession().token),
) {
  const { cloud, saleId } = stage;
  const { apiUrl } = cloud;
  const guests: Guest[] = [];
  for (const token of tokens) {
    const call = { token, idempotencyKey: crypto.randomUUID(), body: { quantity: 1 } };
    const route = `POST /api/sale/${saleId}/line/entry`;
    const entry = await callUntilAnswered<JoinAnswer>(apiUrl, route, call);
    const buyer = { token, buyerId: entry.receipt.buyerId };
    const waits = {
      kind: "honest",
      solves: false,
      reactionMs: 0,
      address: "127.0.0.1",
      quantity: 1,
    } as const;
    guests.push({ ...waits, buyer, entry, toldTurn: null });
  }
  const line = () => readLine(cloud, saleId);
  await waitUntil(
    "those who wait have their lots",
    async () => (await line()).lists[0]?.key != null,
    DRAWN_LIMIT_MS,
  );
  const caller = createCaller(apiUrl, CONNECTIONS);
  const plan = { mode: "open", hasDefences: true, breakage: null } as const;
  const callers = { honest: caller, bots: caller };
  const none = { log: [], solutions: [], faults: [], units: 0, startsAtMs: 0 };
  const launch: Launch = { plan, apiUrl, saleId, guests, callers, ...none };
  const paid = new Set<string>();

  return {
    line,
    faults: launch.faults,
    paid,
    /** Buys in this guest's turn; null: there was nothing to buy, which is a fault. */
    async take(guest: Guest): Promise<Payer | null> {
      const { kind, orderId } = await buy(launch, guest, { ticket: guest.entry?.ticket, isPatient: true });
      if (kind !== "held" || orderId === null) {
        launch.faults.push(`${guest.buyer.buyerId} was in turn, and told ${kind}`);
        return null;
      }
      const payer = createPayer(apiUrl, { ...guest.buyer, orderId, quantity: 1 });
      stage.alsoPays(payer);
      return payer;
    },
    async pay(payer: Payer | null): Promise<void> {
      if (payer && (await payer.pay())) paid.add(payer.orderId);
    },
    /** Lets all of them wait, each doing this in their turn, until so many have paid. */
    async follow(units: number, onTurn: (guest: Guest) => Promise<void>): Promise<void> {
      try {
        await followLine(launch, {
          limitMs: FOLLOW_LIMIT_MS,
          onTurn: async (_launch, guest) => onTurn(guest),
          isOver: () => paid.size >= units,
        });
      } finally {
        caller.close();
      }
    },
  };
}
