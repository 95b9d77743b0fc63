import webPush from "web-push";
import type { EndpointCall } from "../webhooks/call-endpoint.http.ts";
import { type PushNotice, topicOf, urgencyOf } from "./notice.ts";
import type { StoredPush } from "./subscriptions.dynamo.ts";
import type { vapidKeysOf } from "./vapid.ts";

/** What the browser's own worker shows: `web/public/push-worker.js` reads exactly this. No address, nothing secret. */
export type PushMessage = {
  readonly kind: PushNotice["kind"];
  readonly saleId: string;
  readonly title: string;
  readonly body: string;
  /** A path of the site. */
  readonly link: string;
  readonly lang: string;
  /** What it is about: a second one takes the place of the first. */
  readonly tag: string;
};

export type PushSigner = {
  readonly keys: ReturnType<typeof vapidKeysOf>;
  /** Whom a push service may write to: an https address of the site, or a mailbox. */
  readonly subject: string;
};

/** Push services want to know who sends: a site without https has no address that they take. */
export const subjectOf = (siteUrl: string): string =>
  siteUrl.startsWith("https:") ? siteUrl : "mailto:push@localhost.example";

/**
 * The call by which a push service is handed a message that only the browser can read (RFC 8291), signed by the shop (RFC 8292).
 *
 * @throws when the subscription's keys are none.
 */
export function sealPush(
  { endpoint, p256dh, auth }: Pick<StoredPush, "endpoint" | "p256dh" | "auth">,
  message: PushMessage,
  { notice, ttlSeconds }: { readonly notice: PushNotice; readonly ttlSeconds: number },
  { keys, subject }: PushSigner,
): EndpointCall {
  const { headers, body } = webPush.generateRequestDetails(
    { endpoint, keys: { p256dh, auth } },
    JSON.stringify(message),
    {
      vapidDetails: { subject, ...keys },
      TTL: ttlSeconds,
      urgency: urgencyOf(notice),
      topic: topicOf(notice),
      contentEncoding: "aes128gcm",
    },
  );
  const named = Object.entries(headers as Record<string, string | number>).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  );
  return {
    url: endpoint,
    headers: { ...Object.fromEntries(named), "user-agent": "flash-sale-push/1" },
    body,
  };
}
