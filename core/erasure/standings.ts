import type { Kysely } from "kysely";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import type { LineLogs } from "../line/line-log.dynamo.ts";
import type { LineTraces } from "../line/line-traces.dynamo.ts";
import type { OpenPayments } from "../payment/open-payments.dynamo.ts";
import type { Database } from "../postgres/database.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import type { SaleStanding } from "./obstacle.ts";

/** A sale is three looks; so many at once. */
const SALES_AT_ONCE = 25;

export type StandingDependencies = {
  readonly db: Kysely<Database>;
  readonly ledger: Pick<Ledger, "ofBuyer">;
  readonly logs: Pick<LineLogs, "read">;
  readonly lines: LineTraces;
  readonly openPayments: Pick<OpenPayments, "all">;
};

/** A sale that knows a buyer. */
export type KnownIn = Omit<SaleStanding, "orders"> & {
  readonly name: string;
  readonly orders: readonly (SaleStanding["orders"][number] & { readonly orderId: OrderId })[];
  /** Lists that the sale's line has, or would have, the open one included. */
  readonly lists: number;
};

/** Every sale that knows the buyer, in ledger or line. @throws when any store is silent: what is not known is not nothing. */
export async function standingsOf(deps: StandingDependencies, buyerId: BuyerId): Promise<KnownIn[]> {
  const open = new Set(
    (await deps.openPayments.all())
      .filter((payment) => payment.buyerId === buyerId)
      .map(({ orderId }) => orderId),
  );
  const refunds = await deps.db
    .selectFrom("refunds")
    .innerJoin("orders", "orders.id", "refunds.order_id")
    .select("refunds.order_id")
    .where("orders.buyer_id", "=", buyerId)
    .where("refunds.state", "in", ["due", "failed"])
    .execute();
  const owed = new Set(refunds.map(({ order_id }) => order_id));
  const sales = await deps.db
    .selectFrom("sales")
    .select(["id", "name", "closed_at"])
    .where("epoch", ">", 0)
    .orderBy("id")
    .execute();
  const found: KnownIn[] = [];
  for (let from = 0; from < sales.length; from += SALES_AT_ONCE)
    found.push(
      ...(await Promise.all(
        sales.slice(from, from + SALES_AT_ONCE).map(async ({ id, name, closed_at }) => {
          const entries = await deps.ledger.ofBuyer(id, buyerId);
          // Whatever its mode: an open sale has a line once people wait for what comes back.
          const lists = await listsOf(deps, id);
          return {
            saleId: id,
            name,
            lists,
            isClosed: closed_at !== null,
            orders: entries.map(({ reservation, state }) => ({
              orderId: reservation.orderId,
              state: state.kind,
              isPaymentOpen: open.has(reservation.orderId),
              isRefundOpen: owed.has(reservation.orderId),
            })),
            entries: (await deps.lines.entries(id, buyerId, lists)).length,
          };
        }),
      )),
    );
  return found.filter(({ orders, entries }) => orders.length > 0 || entries > 0);
}

/** Every sale that was published. */
export const saleIdsOf = async (db: Kysely<Database>): Promise<SaleId[]> =>
  (await db.selectFrom("sales").select("id").where("epoch", ">", 0).orderBy("id").execute()).map(
    ({ id }) => id,
  );

const listsOf = async ({ logs }: StandingDependencies, saleId: SaleId): Promise<number> =>
  (await logs.read(saleId)).lists.length + 1;
