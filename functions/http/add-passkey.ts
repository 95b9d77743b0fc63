import { systemClock } from "../../core/clock.ts";
import { addPasskey } from "../../core/passkeys/passkeys.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { passkeyDependencies, passkeyView } from "../compose/passkeys.ts";

export const handler = endpoint("addPasskey", async ({ event, body, session }) => {
  const deps = await passkeyDependencies(event);
  const { buyerId, provesMailbox = false } = session;
  const outcome = await addPasskey(deps, { ...body, buyerId, provesMailbox }, systemClock.nowMs());
  switch (outcome.kind) {
    case "added":
      return { status: 201, body: passkeyView(outcome.passkey) };
    case "too_many":
      return refuse("conflict", { detail: "This passkey is there already, or there are too many" });
    case "refused":
      return refuse("invalid_request", {
        errors: [{ field: "response", message: "does not answer a challenge of ours: begin again" }],
      });
    default:
      return outcome satisfies never;
  }
});
