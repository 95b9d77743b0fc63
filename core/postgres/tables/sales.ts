import type { ColumnType, Generated } from "kysely";
import type { Guests } from "../../contract/guests.ts";
import type { PictureFormat } from "../../contract/renditions.ts";
import type { SaleMode } from "../../contract/sale-mode.ts";
import type { SalePayment } from "../../contract/sale-payment.ts";
import type { SaleWithdrawal } from "../../contract/sale-withdrawal.ts";
import type { SaleState } from "../../contract/sale.ts";
import type { Translations } from "../../contract/translations.ts";
import type { Visibility } from "../../contract/visibility.ts";
import type { PictureId, SaleId } from "../../ids.ts";
import type { CreatedAt } from "./created-at.ts";

/** Written as JSON text, and read as it was. */
type ModeColumn = ColumnType<SaleMode, string, string>;
type PaymentColumn = ColumnType<SalePayment, string, string>;
type WithdrawalColumn = ColumnType<SaleWithdrawal, string | undefined, string>;
type GuestsColumn = ColumnType<Guests, string | undefined, string>;

export type SalesTable = {
  id: SaleId;
  name: string;
  description: string;
  translations: ColumnType<Translations, string | undefined, string>;
  price_minor: number;
  currency: string;
  allocated: number;
  /** Units that buyers have in confirmed orders; the database's own functions move it. */
  sold: Generated<number>;
  /** Units that came back and were taken off sale; likewise. */
  withheld: Generated<number>;
  purchase_limit: number;
  attempt_limit: number;
  mode: ModeColumn;
  payment: PaymentColumn;
  withdrawal: WithdrawalColumn;
  guests: GuestsColumn;
  guest_list: Generated<string>;
  guest_edition: Generated<number>;
  guest_changes: Generated<number>;
  starts_at: Date;
  ends_at: Date | null;
  state: Generated<SaleState>;
  visibility: Generated<Visibility>;
  revision: Generated<number>;
  /** The last revision that was given to a change, whether it came to anything or not. */
  revision_given: Generated<number>;
  epoch: Generated<number>;
  /** Last epoch that was opened to buyers; behind `epoch` only while a gate is rebuilt. */
  served_epoch: Generated<number>;
  /** The latest guardian's lease that changed this sale. */
  fence: Generated<string>;
  /** Over, and reconciled without drift: nothing is left to guard. */
  closed_at: Date | null;
  /** What is kept of a closed sale's gate; whoever wrote it knows its shape. */
  archive: ColumnType<unknown, string | null | undefined, string | null>;
  /** When the gate's keys of an archived sale were removed; null: they may be there. */
  keys_gone_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  /** When its orders were deleted, since their time to be kept was over. */
  orders_deleted_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  /** What the sale was shown as before; whoever wrote it knows its shape. */
  faces: ColumnType<unknown, string | undefined, string>;
  /** All null or none. */
  picture_id: PictureId | null;
  picture_alt: string | null;
  picture_format: PictureFormat | null;
  /** Of the request that created it: the creator and their Idempotency-Key, and what they asked for. */
  creation_key: string;
  creation_hash: string;
  created_at: CreatedAt;
};
