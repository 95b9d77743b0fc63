import type { SaleId } from "../../core/ids.ts";
import { createSale } from "../create-sale.ts";
import type { BenchCloud } from "./bench-cloud.ts";

/**
 * A sale with one unit, where whoever asks for two is refused. Since a unit is left, no instance may answer that from
 * memory: every attempt reaches the gate and runs its whole script.
 */
export const refusingSale = ({ apiUrl }: Pick<BenchCloud, "apiUrl">): Promise<SaleId> =>
  createSale(apiUrl, { name: "Refusing", allocated: 1, purchaseLimit: 2 });
