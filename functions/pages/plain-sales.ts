import { systemClock } from "../../core/clock.ts";
import { currentStatuses } from "../../core/watch/sale-lists.ts";
import { page, pageEndpoint } from "../compose/page.ts";
import { listing } from "../compose/listing.ts";
import { salesPage } from "./views/plain/sales.ts";

export const handler = pageEndpoint("plainSales", async ({ words }) =>
  page(salesPage(words, await currentStatuses(await listing(), systemClock.nowMs()))),
);
