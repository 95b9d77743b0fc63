import type { SaleRecords } from "../../sale/sale-record.dynamo.ts";
import type { Duty } from "./duty.ts";

/** Writes the ledger's copy of a sale, which shoppers see, once for each change; whoever changed it may have failed to. */
export function copyDuty(deps: { readonly saleRecords: SaleRecords }): Duty {
  let copied = "";

  return async ({ sale }) => {
    const { sold: _, withheld: __, ...record } = sale;
    const version = `${sale.revision}/${sale.epoch}`;
    if (version !== copied) await deps.saleRecords.put(record);
    copied = version;
    return "next";
  };
}
