import { systemClock } from "../../core/clock.ts";
import { judgePreflight } from "../../core/preflight/preflight.ts";
import { readPreflight } from "../../core/preflight/read-preflight.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { observation } from "../compose/observation.ts";
import { readPathId } from "../request/request.ts";

/** What AWS alone knows this function may not ask; the report says so, and `npm run preflight` does. */
const stage = null;

export const handler = endpoint("salePreflight", async ({ event }) => {
  const deps = { ...(await observation()), clock: systemClock };
  const facts = await readPreflight(deps, readPathId(event, "saleId"), stage);
  if (!facts) return refuse("not_found", { detail: "There is no such sale" });
  const serverTime = new Date(facts.nowMs).toISOString();
  return { status: 200, body: { ...judgePreflight(facts), serverTime } };
});
