import { systemClock } from "../../core/clock.ts";
import { createStatusReader } from "../../core/watch/read-status.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { createKeptAnswers } from "../compose/kept-answers.ts";
import { listing } from "../compose/listing.ts";
import { readPathId } from "../request/path-id.ts";

const reader = createStatusReader(listing, systemClock);
const answer = createKeptAnswers(reader.read, systemClock);

export const handler = endpoint("saleStatus", async ({ event }) => {
  const saleId = readPathId(event, "saleId");
  reader.noteAsk(saleId);
  return (await answer(event, saleId)) ?? refuse("not_found", { detail: "There is no such sale" });
});
