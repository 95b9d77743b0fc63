import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { putOnce } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import { chunk, type Item, writeItems } from "../dynamo/write-items.dynamo.ts";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { eventOfItem } from "./event-item.ts";
import type { EventOf, LedgerEntry, SaleEntry } from "./ledger.ts";
import {
  buyerKey,
  countedKey,
  countedPartition,
  countedPrefix,
  eventKey,
  NAMED,
  orderKey,
  partitionsOf,
  partOf,
  PAYMENT,
  WISH,
  wishKey,
} from "./ledger-key.ts";
import { createHolds } from "./holds.dynamo.ts";
import { type OpenedPayment, paymentAttempt } from "./payment-attempt.ts";
import { type Reservation, reservation } from "./reservation.ts";
import { stateOf } from "./state-of.ts";
import { type Wish, type Withdrawal, withdrawal as storedWithdrawal } from "./wish.ts";

/** An item holds 400 KB; an id takes 31 bytes. */
const COUNTED_IDS = 5_000;
const named = v.object({ attempt: v.number(), paymentId: v.string() });
const countedItem = v.object({ epoch: v.number(), orderIds: v.array(v.string()) });

export type Ledger = ReturnType<typeof createLedger>;

/**
 * The durable record of every reservation, append-only: an entry is put once, and each of its events is an item beside it.
 *
 * Reads are strongly consistent. Each method throws what the client throws when the ledger does not answer in time; a
 * put that threw may have happened all the same.
 */
export function createLedger(client: Dynamo, table: string) {
  const itemsOf = (pk: string, prefix = "") => queryItems(client, table, pk, prefix);
  const entries = async (pk: string, prefix: string) => joinEntries(await itemsOf(pk, prefix));
  const write = (items: readonly Item[]) => writeItems(client, table, items);

  return {
    ...createHolds(client, table),

    /**
     * The commit point: puts a reservation if it is not there. Either answer means that it is in the ledger now; the
     * key holds order and buyer, so what was there is the same reservation.
     */
    put: (entry: Reservation): Promise<"written" | "present"> =>
      putOnce(client, table, { ...orderKey(entry.orderId, entry.buyerId), ...entry }),

    /** One order of a buyer; null if this buyer has no such order. */
    async get(orderId: OrderId, buyerId: BuyerId): Promise<LedgerEntry | null> {
      const { pk, sk } = orderKey(orderId, buyerId);
      return (await entries(pk, sk))[0] ?? null;
    },

    /** A buyer's orders of one sale, oldest first. */
    async ofBuyer(saleId: SaleId, buyerId: BuyerId): Promise<LedgerEntry[]> {
      const { pk, prefix } = buyerKey(saleId, buyerId);
      return (await entries(pk, prefix)).filter((entry) => entry.reservation.saleId === saleId);
    },

    /** Every reservation of a sale, in no order. */
    async ofSale(saleId: SaleId): Promise<SaleEntry[]> {
      const [lists, ...parts] = await Promise.all(
        [countedPartition(saleId), ...partitionsOf(saleId)].map((pk) => itemsOf(pk)),
      );
      const counted = latestEpochs(lists ?? []);
      return parts
        .flatMap(joinEntries)
        .filter((entry) => entry.reservation.saleId === saleId)
        .map((entry) => {
          const { orderId, epoch } = entry.reservation;
          return { ...entry, countedEpoch: Math.max(epoch, counted.get(orderId) ?? 0) };
        });
    },

    /** Copies events beside their entries; repeating it writes the same. */
    copyEvents: (events: readonly EventOf[]): Promise<void> =>
      write(
        events.map(({ reservation: { orderId, buyerId }, event }) => ({
          ...eventKey(orderId, buyerId, event.number),
          ...event,
        })),
      ),

    /** Records a wish, dated, before anybody decides on it. Repeating it keeps the first. */
    putWish: (wish: Wish): Promise<"written" | "present"> =>
      putOnce(client, table, { ...wishKey(wish.orderId, wish.buyerId, wish.wishId), ...wish }),

    /** A withdrawal as it was received; null: there is none under this id. */
    async withdrawal(orderId: OrderId, buyerId: BuyerId, wishId: string): Promise<Withdrawal | null> {
      const { Item } = await client.get({
        TableName: table,
        Key: wishKey(orderId, buyerId, wishId),
        ConsistentRead: true,
      });
      return Item && isWithdrawal(Item) ? v.parse(storedWithdrawal, Item) : null;
    },

    /** Marks reservations as counted by the gate that a rebuild makes. A few large items: a rebuild has a second for 10,000. */
    markCounted(saleId: SaleId, reservations: readonly Reservation[], epoch: number): Promise<void> {
      const parts = Map.groupBy(reservations, ({ buyerId }) => partOf(buyerId));
      return write(
        [...parts].flatMap(([part, ofPart]) =>
          chunk(ofPart, COUNTED_IDS).map((some, index) => ({
            ...countedKey(saleId, epoch, part, String(index)),
            epoch,
            orderIds: some.map(({ orderId }) => orderId),
          })),
        ),
      );
    },

    /** Marks a reservation that the gate of this epoch has adopted. Only then may anybody be told that it counts. */
    markAdopted({ saleId, orderId, buyerId }: Reservation, epoch: number): Promise<void> {
      const key = countedKey(saleId, epoch, partOf(buyerId), `adopted#${orderId}`);
      return write([{ ...key, epoch, orderIds: [orderId] }]);
    },

    /** Whether a mark says that the gate of this epoch counts a reservation. */
    async isMarked({ saleId, orderId, buyerId }: Reservation, epoch: number): Promise<boolean> {
      const lists = await itemsOf(countedPartition(saleId), countedPrefix(epoch, partOf(buyerId)));
      return v.parse(v.array(countedItem), lists).some(({ orderIds }) => orderIds.includes(orderId));
    },
  };
}

function latestEpochs(lists: readonly Item[]): Map<unknown, number> {
  const counted = v.parse(v.array(countedItem), lists).toSorted((a, b) => a.epoch - b.epoch);
  return new Map(
    counted.flatMap(({ epoch, orderIds }) => orderIds.map((id): [unknown, number] => [id, epoch])),
  );
}

/** Each entry with what lies beside it. The ids in a sort key have one length, so an item's owner is its beginning. */
function joinEntries(items: readonly Item[]): LedgerEntry[] {
  const kept: { readonly reservation: Reservation; readonly beside: Beside }[] = [];
  const byKey = new Map<string, Beside>();
  for (const item of items) {
    const sk = String(item["sk"]);
    const owner = sk.split("#").slice(0, 2).join("#");
    const beside = byKey.get(owner) ?? { events: [], payments: [], wishes: [] };
    byKey.set(owner, beside);
    if (sk === owner) kept.push({ reservation: v.parse(reservation, item), beside });
    else if (sk.includes(WISH)) beside.wishes.push(item);
    else (sk.includes(PAYMENT) ? beside.payments : beside.events).push(item);
  }
  return kept.map(({ reservation: entry, beside: { events, payments, wishes } }) => {
    const history = events.map(eventOfItem);
    const state = stateOf(entry, history);
    const withdrawals = undecidedWithdrawals(wishes, state.wishes);
    return {
      reservation: entry,
      state,
      ...(entry.heldUntilMs !== undefined && { history }),
      ...(payments.length > 0 && { payments: openedPayments(payments) }),
      ...(withdrawals.length > 0 && { withdrawals }),
    };
  });
}

type Beside = { readonly events: Item[]; readonly payments: Item[]; readonly wishes: Item[] };

/** Any other wish is staff's, and no part of what a buyer sees. */
const isWithdrawal = (item: Item): boolean => item["wish"] === "withdraw";

const undecidedWithdrawals = (items: readonly Item[], decided: readonly string[]): Withdrawal[] =>
  items
    .filter(isWithdrawal)
    .map((item) => v.parse(storedWithdrawal, item))
    .filter(({ wishId }) => !decided.includes(wishId));

const isName = (item: Item): boolean => String(item["sk"]).endsWith(NAMED);

/** Attempts lie in their order, each before what it is called. */
function openedPayments(items: readonly Item[]): OpenedPayment[] {
  const names = v.parse(v.array(named), items.filter(isName));
  return v
    .parse(
      v.array(paymentAttempt),
      items.filter((item) => !isName(item)),
    )
    .map((attempt) => ({
      ...attempt,
      paymentId: names.find((name) => name.attempt === attempt.attempt)?.paymentId ?? null,
    }));
}
