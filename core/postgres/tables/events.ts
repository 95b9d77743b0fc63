import type { GeneratedAlways, JSONColumnType } from "kysely";
import type { SaleId } from "../../ids.ts";
import type { CreatedAt } from "./created-at.ts";

/** What became of a sale that others are told of; append-only. `event_id` is made from what happened: it is written once. */
export type SaleEventsTable = {
  sale_id: SaleId;
  event_id: string;
  kind: string;
  created_at: CreatedAt;
  tx: GeneratedAlways<string>;
  seq: GeneratedAlways<string>;
};

/** One row: how far order_events, sale_events and hold_events have been numbered. */
export type EventFeedTable = { tx: string; seq: string; position: string };

/** The feed: what the merchant's own systems are told, numbered from 1 without a gap; append-only. */
export type EventsTable = {
  position: string;
  id: string;
  type: string;
  /** The order or sale that it is about: within it, events are told in order. */
  stream: string;
  happened_at: Date;
  data: JSONColumnType<Record<string, unknown>>;
};
