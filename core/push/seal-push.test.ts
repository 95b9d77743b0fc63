import { afterAll, expect, test } from "vitest";
import { startPushService } from "../../local/push/push-service.ts";
import { aBuyer, aSale, NOW_MS } from "../../tests/support/test-sale.ts";
import { callEndpoint } from "../webhooks/call-endpoint.http.ts";
import type { PushNotice } from "./notice.ts";
import { sealPush, subjectOf } from "./seal-push.ts";
import { vapidKeysOf, vapidPublicKeyOf } from "./vapid.ts";

const service = await startPushService();
afterAll(() => service.stop());

const { saleId } = aSale();
const notice: PushNotice = { kind: "opening", saleId, buyerId: aBuyer(), notAfterMs: NOW_MS };
const message = {
  kind: "opening",
  saleId,
  title: "Läufer",
  body: "Öffnet bald.",
  link: "/de/sale/x",
  lang: "de",
  tag: "t",
} as const;
const signer = { keys: vapidKeysOf("a secret of this test"), subject: "mailto:shop@example.com" };
const call = (to: { endpoint: string; keys: { p256dh: string; auth: string } }, by = signer) =>
  callEndpoint(sealPush({ endpoint: to.endpoint, ...to.keys }, message, { notice, ttlSeconds: 90 }, by), {
    isLocalStage: true,
    nowMs: () => NOW_MS,
  });

test("a message is read by the browser that it is sealed for, and by no other", async () => {
  const [browser, other] = [service.subscribe(), service.subscribe()];
  expect(await call(browser)).toMatchObject({ isTaken: true, status: 201 });
  expect(browser.brought()).toEqual([
    { message, ttlSeconds: 90, urgency: "high", topic: expect.stringMatching(/^[\w-]{32}$/) as string },
  ]);
  expect(await call({ endpoint: other.endpoint, keys: browser.keys })).toMatchObject({ status: 400 });
});

test("a push service takes it of whoever signs with the key that they name, alone", async () => {
  const browser = service.subscribe();
  const another = vapidKeysOf("another secret");
  const forged = { ...signer, keys: { ...signer.keys, privateKey: another.privateKey } };
  expect(await call(browser, forged)).toMatchObject({ status: 403 });
  expect(browser.brought()).toEqual([]);
});

test("keys that are none are no message", () => {
  const { endpoint, keys } = service.subscribe();
  const off = `B${"A".repeat(86)}`;
  expect(() =>
    sealPush({ endpoint, ...keys, p256dh: off }, message, { notice, ttlSeconds: 1 }, signer),
  ).toThrow();
});

test("the key is the same as long as its secret is, and 65 bytes that every browser takes", () => {
  expect(vapidPublicKeyOf("one")).toBe(vapidPublicKeyOf("one"));
  expect(vapidPublicKeyOf("one")).not.toBe(vapidPublicKeyOf("two"));
  expect(Buffer.from(vapidPublicKeyOf("one"), "base64url")).toHaveLength(65);
  expect(["https://shop.example.com", "http://localhost:3000"].map(subjectOf)).toEqual([
    "https://shop.example.com",
    "mailto:push@localhost.example",
  ]);
});
