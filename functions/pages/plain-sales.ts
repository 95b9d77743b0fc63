import { systemClock } from "../../core/clock.ts";
import { currentStatuses } from "../../core/watch/sale-lists.ts";
import { createKeptPages } from "../compose/kept-pages.ts";
import { listing } from "../compose/listing.ts";
import { pageEndpoint } from "../compose/page.ts";
import { salesPage } from "./views/plain/sales.ts";

const open = createKeptPages(
  async (_all: "all") => currentStatuses(await listing(), systemClock.nowMs()),
  salesPage,
  systemClock,
);

export const handler = pageEndpoint("plainSales", ({ words }) => open(words, "all"));
