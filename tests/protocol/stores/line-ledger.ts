import { happening, read } from "../engine/operation.ts";
import { callsOf } from "../engine/process.ts";
import type { LineOrder } from "./line-gate.ts";

/** The ledger, and the epoch of the sale. A rebuild counts what it finds, and marks it. */
export type LineLedger = {
  readonly epoch: number;
  readonly orders: Readonly<
    Record<string, LineOrder & { readonly countedEpoch: number; readonly isRefused: boolean }>
  >;
};

export const lineLedger: LineLedger = { epoch: 1, orders: {} };

export const lineLedgerOperations = {
  put: {
    kind: "write" as const,
    on: ["ledger"],
    run: ({ order, epoch }: { readonly order: LineOrder; readonly epoch: number }, ledger: LineLedger) => {
      const present = ledger.orders[order.orderId];
      const orders = present
        ? ledger.orders
        : { ...ledger.orders, [order.orderId]: { ...order, countedEpoch: epoch, isRefused: false } };
      return [{ reply: "there" as const, next: [{ ...ledger, orders }] }];
    },
    sentence: ({ order }: { readonly order: LineOrder }) => `puts ${order.orderId} into the ledger`,
  },
  ofSale: read<LineLedger, null, LineLedger>(
    "ledger",
    (_, ledger) => ledger,
    (_, ledger) =>
      `reads the ledger${ledger ? `: ${Object.keys(ledger.orders).join(" and ") || "nothing"}` : ""}`,
  ),
  isInTime: happening<LineLedger, { readonly epoch: number }, boolean>(
    "ledger",
    ({ epoch }, ledger) => [ledger.epoch === epoch, ledger],
    (_, reply) => `looks at its stopwatch: ${reply ? "in time" : "too late"}`,
  ),
};

export const ledgerOfLine = callsOf<typeof lineLedgerOperations>("ledger");
