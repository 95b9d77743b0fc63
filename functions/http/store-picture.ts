import { databaseClient } from "../../core/clients/database.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { storePicture } from "../../core/picture/store-picture.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { pictures } from "../compose/pictures.ts";

const config = loadConfig(["DATABASE_URL", "SESSION_SECRET"]);

export const handler = endpoint("storePicture", async ({ body, session, requestId }) => {
  const actor = { buyerId: session.buyerId, role: session.role, requestId };
  const [store, db] = await Promise.all([pictures(), databaseClient(config)]);
  const outcome = await storePicture({ pictures: store, db }, body, actor, systemClock.nowMs());
  if (outcome.kind === "wrong_files") return refuse("invalid_request", { errors: [...outcome.errors] });
  return { status: 201, body: outcome.picture };
});
