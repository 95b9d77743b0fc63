import { pushesClient } from "../../core/clients/push.ts";
import { loadConfig } from "../../core/config.ts";
import type { PushSubscriptionView } from "../../core/contract/push.ts";
import type { StoredPush } from "../../core/push/subscriptions.dynamo.ts";

const config = loadConfig(["IDENTITY_TABLE", "DYNAMODB_ENDPOINT", "PUSH_PUBLIC_KEY"]);

export const stage = config.STAGE;
export const publicKey = config.PUSH_PUBLIC_KEY;
export const pushes = () => pushesClient(config);

/** @param own the browser that asks; null: it is none of them. */
export const pushView = (
  { pushId, endpoint, createdAtMs }: StoredPush,
  own: string | null,
): PushSubscriptionView => ({
  pushId,
  host: new URL(endpoint).host,
  createdAt: new Date(createdAtMs).toISOString(),
  isThisBrowser: pushId === own,
});
