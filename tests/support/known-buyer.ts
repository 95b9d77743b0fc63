import { type Kysely, sql } from "kysely";
import { expect } from "vitest";
import type { SessionView } from "../../core/contract/identity.ts";
import type { PushSubscriptionView } from "../../core/contract/push.ts";
import type { Database } from "../../core/postgres/database.ts";
import type { Cloud } from "../../local/cloud.ts";
import type { startPushService } from "../../local/push/push-service.ts";
import { signIn } from "../../local/sign-in.ts";
import { testApi, tokenOf } from "./test-api.ts";
import { aPasskeyDevice } from "./test-passkey.ts";
import { waitFor } from "./wait-for.ts";

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows what its route answers
export const bodyOf = <T>({ body }: { body: unknown }) => body as T;

type Surroundings = {
  readonly cloud: Cloud;
  readonly owner: Kysely<Database>;
  readonly pushService: Awaited<ReturnType<typeof startPushService>>;
  /** The token of an admin. */
  readonly admin: string;
};

const hoursAhead = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** Makes buyers of whom every store has something. */
export function knownBuyers({ cloud, owner, pushService, admin }: Surroundings) {
  const { call, newSale } = testApi(cloud.apiUrl);

  async function addDevices(token: string) {
    const device = aPasskeyDevice(cloud.apiUrl);
    const asked = await call("POST /api/identity/passkeys/options", { token });
    const response = device.make(bodyOf<{ challenge: string }>(asked));
    const kept = await call("POST /api/identity/passkeys", { token, body: { response, name: "Phone" } });
    expect(kept.status).toBe(201);
    const { endpoint, keys } = pushService.subscribe();
    const push = await call("POST /api/identity/push", { token, body: { endpoint, keys } });
    expect(push.status).toBe(201);
    return { passkeyId: response.id, pushId: bodyOf<PushSubscriptionView>(push).pushId };
  }

  async function buy(token: string) {
    const saleId = await newSale();
    const key = crypto.randomUUID();
    const bought = await call("POST /api/sale/purchase", { token, key, body: { saleId } });
    expect(bought.status).toBe(202);
    return { saleId, orderId: bought.body!.orderId! };
  }

  async function joinLines(token: string) {
    const inLine = await newSale({
      startsAt: hoursAhead(1),
      mode: { kind: "waiting_room", closesAt: hoursAhead(0.5), admissionsPerSecond: 5, mostInside: 20 },
    });
    // Of an open sale that has none left, too, people stand in line: for what comes back.
    const soldOut = await newSale({ allocated: 1, payment: { kind: "held", holdSeconds: 600 } });
    const key = crypto.randomUUID();
    await call("POST /api/sale/purchase", { token: tokenOf(), key, body: { saleId: soldOut } });
    for (const saleId of [inLine, soldOut])
      expect((await call(`POST /api/sale/${saleId}/line/entry`, { token, body: {} })).status).toBe(201);
    return { inLine, soldOut };
  }

  async function comeAsGuest(token: string, addresses: readonly string[]) {
    const listed = await newSale({
      startsAt: hoursAhead(1),
      guests: { kind: "listed", by: "addresses", tiers: [] },
    });
    const csv = ["address", ...addresses].join("\n");
    await call(`POST /api/admin/sales/${listed}/guests`, { token: admin, body: { how: "add", csv } });
    expect((await call(`POST /api/sale/${listed}/invitation`, { token, body: {} })).status).toBe(200);
    return { listed };
  }

  /** Somebody who signed in under two aliases, bought, and stands in a line. */
  return async (name: string) => {
    const emails = [`${name}@gmail.com`, `${name}+shop@gmail.com`] as const;
    await signIn(cloud, emails[0]);
    const token = await signIn(cloud, emails[1]);
    const { buyerId } = bodyOf<SessionView>(await call("GET /api/identity/session", { token }));
    const known = {
      buyerId,
      emails,
      token,
      ...(await addDevices(token)),
      ...(await buy(token)),
      ...(await joinLines(token)),
      ...(await comeAsGuest(token, [emails[0], `of-${name}@example.com`])),
    };
    await waitFor("the order is a row", async () => {
      const { rows } = await sql`select 1 from orders where buyer_id = ${buyerId}`.execute(owner);
      return rows.length === 1;
    });
    return known;
  };
}
