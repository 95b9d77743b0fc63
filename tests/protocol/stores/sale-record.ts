import { read, write } from "../engine/operation.ts";
import { callsOf } from "../engine/process.ts";
import type { FoundSale } from "./postgres-operations.ts";

/** The ledger's copy of the sale, as shoppers' functions see it. */
export type SaleRecord = Pick<FoundSale, "revision" | "epoch" | "settings" | "isClosed">;

export const recordOf = ({ revision, epoch, settings, isClosed }: SaleRecord): SaleRecord => ({
  revision,
  epoch,
  settings,
  isClosed,
});

export const saleRecordOperations = {
  put: write<SaleRecord, SaleRecord, "put">(
    "record",
    (sale, present) => [
      "put",
      present.revision <= sale.revision && present.epoch <= sale.epoch ? recordOf(sale) : present,
    ],
    ({ epoch, revision }) => `writes epoch ${epoch} and revision ${revision} to the sale's record`,
  ),
  get: read<SaleRecord, null, SaleRecord>(
    "record",
    (_, record) => record,
    (_, reply) => `reads the sale's record${reply ? `: epoch ${reply.epoch}` : ""}`,
  ),
};

export const record = callsOf<typeof saleRecordOperations>("record");
