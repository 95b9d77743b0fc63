import { systemClock } from "../../core/clock.ts";
import { pastStatuses } from "../../core/watch/sale-lists.ts";
import { page, pageEndpoint } from "../compose/page.ts";
import { listing } from "../compose/listing.ts";
import { readPathId } from "../request/path-id.ts";
import { pastSalesPage } from "./views/plain/sales.ts";

export const handler = pageEndpoint("plainPastSales", async ({ event, words }) => {
  const before = readPathId(event, "before");
  return page(pastSalesPage(words, before, await pastStatuses(await listing(), before, systemClock.nowMs())));
});
