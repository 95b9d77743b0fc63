import { systemClock } from "../../core/clock.ts";
import { createSale } from "../../core/administration/create-sale.ts";
import { administration, numbersOf } from "../compose/administration.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPicture } from "../compose/pictures.ts";

export const handler = endpoint("createSale", async ({ body, session, idempotencyKey, requestId }) => {
  const [deps, settings] = await Promise.all([administration(), readPicture(body)]);
  const creationKey = `${session.buyerId}:${idempotencyKey}`;
  const actor = { buyerId: session.buyerId, role: session.role, requestId };
  const outcome = await createSale(deps, settings, creationKey, actor, systemClock.nowMs());
  if (outcome.kind === "key_reused") return refuse("key_reused");
  return { status: 201, body: await numbersOf(deps, outcome.sale) };
});
