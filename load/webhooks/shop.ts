import type { EventPage, MerchantEvent } from "../../core/contract/events.ts";
import type { NewApiKey } from "../../core/contract/api-keys.ts";
import type { EndpointList, EndpointWithSecret } from "../../core/contract/webhooks.ts";
import type { SaleId } from "../../core/ids.ts";
import { callApi } from "../../local/call-api.ts";
import { freePort } from "../../local/free-port.ts";
import { localSession } from "../local-session.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

/** A merchant's shop as the platform sees it: an endpoint of its own, and a key by which it reads the feed. */
export type Shop = {
  readonly receiver: Receiver;
  readonly endpointId: string;
  /** What has happened to a sale and its orders, by the feed, read with the key. */
  feedOf(saleId: SaleId): Promise<MerchantEvent[]>;
  /** The same of all that ever happened. */
  feed(): Promise<MerchantEvent[]>;
  /** Deletes the endpoint, so that nobody calls it when the receiver is gone. */
  close(): Promise<void>;
  /** Webhooks that are still to be taken, and those that were given up. */
  undelivered(): Promise<{ readonly open: number; readonly givenUp: number }>;
};

/** Adds an endpoint and a key as an admin does in the console, and starts the receiver that the endpoint names. */
export async function openShop(apiUrl: string, failShare: number): Promise<Shop> {
  const { token } = localSession("admin");
  const port = await freePort();
  const { endpoint, secret } = await callApi<EndpointWithSecret>(apiUrl, "POST /api/admin/webhooks", {
    token,
    body: { name: "Shop", url: `http://127.0.0.1:${port}/hooks`, notify: "shop@example.com" },
  });
  const { secret: key } = await callApi<NewApiKey>(apiUrl, "POST /api/admin/keys", {
    token,
    body: { name: "Shop", scopes: ["events:read"] },
  });
  const receiver = await startReceiver({ port, secrets: [secret], failShare });
  const { endpointId } = endpoint;
  async function feed(): Promise<MerchantEvent[]> {
    const events: MerchantEvent[] = [];
    for (let after = 0, hasMore = true; hasMore;) {
      const page: EventPage = await callApi<EventPage>(
        apiUrl,
        `GET /api/admin/events?limit=1000&after=${after}`,
        { token: key },
      );
      events.push(...page.events);
      ({ next: after, hasMore } = page);
    }
    return events;
  }
  return {
    receiver,
    endpointId,
    feed,
    feedOf: async (saleId) => (await feed()).filter(({ data }) => data["saleId"] === saleId),
    close: () => callApi(apiUrl, `DELETE /api/admin/webhooks/${endpointId}`, { token }),
    async undelivered() {
      const { endpoints } = await callApi<EndpointList>(apiUrl, "GET /api/admin/webhooks", { token });
      const own = endpoints.find((listed) => listed.endpointId === endpointId);
      return { open: own?.open ?? 0, givenUp: own?.givenUp ?? 0 };
    },
  };
}
