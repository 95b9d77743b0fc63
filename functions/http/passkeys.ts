import { endpoint } from "../compose/endpoint.ts";
import { passkeyDependencies, passkeyView } from "../compose/passkeys.ts";

export const handler = endpoint("passkeys", async ({ event, session }) => {
  const { passkeys } = await passkeyDependencies(event);
  return { status: 200, body: { passkeys: (await passkeys.of(session.buyerId)).map(passkeyView) } };
});
