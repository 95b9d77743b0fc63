import type { SaleId } from "../../core/ids.ts";
import { createSale } from "../create-sale.ts";
import type { BenchCloud } from "./bench-cloud.ts";
import { refusingSale } from "./refusing-sale.ts";

/** Attempts that all end alike: each wants so many units of a sale, and has this answer. */
export type BenchAttempts = {
  readonly saleId: SaleId;
  readonly quantity: number;
  readonly status: number;
};

/** Attempts of each way that one can end: accepted, refused by the gate, and refused from memory once one has asked. */
export async function attemptsByOutcome(cloud: Pick<BenchCloud, "apiUrl">, allocated: number) {
  const soldOut = await createSale(cloud.apiUrl, { name: "Sold out", allocated: 1 });
  return {
    accepted: {
      saleId: await createSale(cloud.apiUrl, { name: "Open", allocated }),
      quantity: 1,
      status: 202,
    },
    /** Sells the one unit that the others do not get. */
    last: { saleId: soldOut, quantity: 1, status: 202 },
    memory: { saleId: soldOut, quantity: 1, status: 409 },
    gate: { saleId: await refusingSale(cloud), quantity: 2, status: 409 },
  } as const satisfies Record<string, BenchAttempts>;
}
