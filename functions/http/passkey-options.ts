import { systemClock } from "../../core/clock.ts";
import { optionsToAdd } from "../../core/passkeys/passkeys.ts";
import { endpoint } from "../compose/endpoint.ts";
import { passkeyDependencies } from "../compose/passkeys.ts";

export const handler = endpoint("passkeyOptions", async ({ event, session }) => {
  const { buyerId, signedInAs } = session;
  const deps = await passkeyDependencies(event);
  return { status: 200, body: await optionsToAdd(deps, { buyerId, signedInAs }, systemClock.nowMs()) };
});
