import { issueChallenge } from "../../core/bots/issue-challenge.ts";
import { createLoadMeter } from "../../core/bots/load-meter.ts";
import { systemClock } from "../../core/clock.ts";
import { botDependencies } from "../compose/bots.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/path-id.ts";

const meter = createLoadMeter(systemClock);

export const handler = endpoint("lineChallenge", async ({ event, session, source }) => {
  const who = { saleId: readPathId(event, "saleId"), buyerId: session.buyerId, address: source };
  const deps = await botDependencies();
  return { status: 200, body: await issueChallenge(deps, who, meter.note(), systemClock.nowMs()) };
});
