import type { SaleId } from "../../ids.ts";
import type { SaleRecords } from "../../sale/sale-record.dynamo.ts";
import type { Sale } from "../../sale/sale.ts";
import type { Duty } from "./duty.ts";

type Versioned = Pick<Sale, "revision" | "epoch">;
export type CopiedVersions = { readonly of: (saleId: SaleId) => Promise<string | undefined> };

export const versionOf = ({ revision, epoch }: Versioned) => `${revision}/${epoch}`;

/** Which copies of the current sales the ledger has, read once for all sales: a copy that is there costs no write. */
export function copiedVersions({ saleRecords }: { readonly saleRecords: SaleRecords }): CopiedVersions {
  let reading: Promise<ReadonlyMap<SaleId, string>> | null = null;
  const read = async () =>
    new Map((await saleRecords.current()).map((sale) => [sale.saleId, versionOf(sale)]));
  return {
    of: async (saleId) => {
      reading ??= read().catch((error: unknown) => {
        reading = null;
        throw error;
      });
      return (await reading).get(saleId);
    },
  };
}

/** Writes the ledger's copy of a sale, which shoppers see, once for each change; whoever changed it may have failed to. */
export function copyDuty(deps: { readonly saleRecords: SaleRecords }, copies: CopiedVersions): Duty {
  let copied: string | undefined;

  return async ({ sale }) => {
    const { sold: _, withheld: __, ...record } = sale;
    copied ??= await copies.of(sale.saleId);
    const version = versionOf(sale);
    if (version !== copied) await deps.saleRecords.put(record);
    copied = version;
    return "next";
  };
}
