import { type ClientAnswer, saysHeld } from "./client-answer.ts";
import type { Facts, StoredOrder } from "./facts.ts";
import type { Violation } from "./violation.ts";

/** The verdict for people: what each store counts, what the buyers were told, and every law that is broken. */
export function formatVerdict(
  { gate, ledger, database }: Facts,
  clientLog: readonly ClientAnswer[],
  violations: readonly Violation[],
): string {
  const accepted = new Map(clientLog.filter(saysHeld).map((answer) => [answer.orderId, answer]));
  const { stock } = gate;
  return [
    row("", ["orders", "units", "buyers", "rejected"]),
    row("client log: accepted", counts([...accepted.values()])),
    row("gate (Redis)", counts(gate.orders)),
    row("ledger (DynamoDB)", counts(ledger)),
    row("orders (PostgreSQL)", counts(database.rows)),
    "",
    `stock     available ${stock.available} + held ${stock.held} + sold ${stock.sold} = allocated ${stock.allocated}`,
    `sales     sold ${database.sold} of ${database.allocated}; last place ${gate.places}; outbox ${gate.outbox.length}`,
    `answers   ${countKinds(clientLog)}`,
    "",
    ...(violations.length === 0
      ? ["EQUAL: the same orders in all four, by id; no law is broken."]
      : ["NOT EQUAL:", ...violations.map(({ law, finding }) => `  ${law}: ${finding}`)]),
  ].join("\n");
}

type Counted = Pick<StoredOrder, "quantity" | "buyerId"> & { readonly state?: string };

function counts(orders: readonly Counted[]): number[] {
  const alive = orders.filter((order) => order.state !== "rejected");
  const units = alive.reduce((sum, order) => sum + order.quantity, 0);
  const buyers = new Set(alive.map((order) => order.buyerId)).size;
  return [alive.length, units, buyers, orders.length - alive.length];
}

const row = (name: string, cells: readonly (string | number)[]) =>
  [name.padEnd(22), ...cells.map((cell) => String(cell).padStart(10))].join("").trimEnd();

function countKinds(clientLog: readonly ClientAnswer[]): string {
  const kinds = Map.groupBy(clientLog, (answer) => answer.kind);
  return [...kinds].map(([kind, answers]) => `${kind} ${answers.length}`).join(", ");
}
