import { systemClock } from "../../core/clock.ts";
import { optionsToSignIn } from "../../core/passkeys/passkeys.ts";
import { endpoint } from "../compose/endpoint.ts";
import { passkeyDependencies } from "../compose/passkeys.ts";

export const handler = endpoint("passkeyChallenge", async ({ event }) => ({
  status: 200,
  body: await optionsToSignIn(await passkeyDependencies(event), systemClock.nowMs()),
}));
