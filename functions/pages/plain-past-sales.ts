import { systemClock } from "../../core/clock.ts";
import type { SaleId } from "../../core/ids.ts";
import { pastStatuses } from "../../core/watch/sale-lists.ts";
import { createKeptPages } from "../compose/kept-pages.ts";
import { listing } from "../compose/listing.ts";
import { pageEndpoint } from "../compose/page.ts";
import { readPathId } from "../request/path-id.ts";
import { pastSalesPage } from "./views/plain/sales.ts";

const open = createKeptPages(
  async (before: SaleId | "newest") => pastStatuses(await listing(), before, systemClock.nowMs()),
  pastSalesPage,
  systemClock,
);

export const handler = pageEndpoint("plainPastSales", async ({ event, words }) =>
  open(words, readPathId(event, "before")),
);
