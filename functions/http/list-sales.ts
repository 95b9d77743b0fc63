import { systemClock } from "../../core/clock.ts";
import type { SaleList } from "../../core/contract/sale.ts";
import { currentStatuses } from "../../core/watch/sale-lists.ts";
import { endpoint } from "../compose/endpoint.ts";
import { createKeptAnswers } from "../compose/kept-answers.ts";
import { listing } from "../compose/listing.ts";

const answer = createKeptAnswers(async (_all: "all"): Promise<SaleList> => {
  const nowMs = systemClock.nowMs();
  const sales = await currentStatuses(await listing(), nowMs);
  return { sales, serverTime: sales[0]?.serverTime ?? new Date(nowMs).toISOString() };
}, systemClock);

export const handler = endpoint("listSales", async ({ event }) => answer(event, "all"));
