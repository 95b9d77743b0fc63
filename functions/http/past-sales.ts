import { systemClock } from "../../core/clock.ts";
import type { PastSalePage } from "../../core/contract/sale.ts";
import type { SaleId } from "../../core/ids.ts";
import { pastStatuses } from "../../core/watch/sale-lists.ts";
import { endpoint } from "../compose/endpoint.ts";
import { createKeptAnswers } from "../compose/kept-answers.ts";
import { listing } from "../compose/listing.ts";
import { readPathId } from "../request/path-id.ts";

const answer = createKeptAnswers(
  async (before: SaleId | "newest"): Promise<PastSalePage> =>
    pastStatuses(await listing(), before, systemClock.nowMs()),
  systemClock,
);

export const handler = endpoint("pastSales", async ({ event }) => answer(event, readPathId(event, "before")));
