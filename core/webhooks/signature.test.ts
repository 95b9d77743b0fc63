import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { newWebhookSecret, signedHeaders } from "./signature.ts";

const [present, before] = [newWebhookSecret(), newWebhookSecret()];
const body = JSON.stringify({ type: "order.confirmed", data: { note: "Größe 42 – ✓" } });
const message = { id: "evt_1", body, atMs: Date.now() };

test("the public library takes what is signed here, with either secret while both are good", () => {
  const both = signedHeaders(message, [present, before]);
  for (const secret of [present, before])
    expect(new Webhook(secret).verify(body, both)).toEqual(JSON.parse(body));
});

test("it refuses another secret, another body, another id and another time", () => {
  const headers = signedHeaders(message, [present]);
  const verify = (changed: Record<string, string> = {}, text = body, secret = present) =>
    new Webhook(secret).verify(text, { ...headers, ...changed });
  expect(() => verify({}, body, before)).toThrow();
  expect(() => verify({}, `${body} `)).toThrow();
  expect(() => verify({ "webhook-id": "evt_2" })).toThrow();
  expect(() => verify(signedHeaders({ ...message, atMs: message.atMs - 600_000 }, [present]))).toThrow(/old/);
});
