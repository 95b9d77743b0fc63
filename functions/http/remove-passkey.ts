import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { passkeyDependencies } from "../compose/passkeys.ts";
import { readPathId } from "../request/path-id.ts";

export const handler = endpoint("removePasskey", async ({ event, session }) => {
  const { passkeys } = await passkeyDependencies(event);
  const isGone = await passkeys.remove(readPathId(event, "passkeyId"), session.buyerId);
  return isGone ? { status: 204 } : refuse("not_found", { detail: "You have no such passkey" });
});
