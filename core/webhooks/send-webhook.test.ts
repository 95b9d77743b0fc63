import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import type { EndpointId } from "../ids.ts";
import type { CallOutcome, EndpointCall } from "./call-endpoint.http.ts";
import { openingKey, seal, sealingKeyOf } from "./sealed.ts";
import { sendWebhook } from "./send-webhook.ts";
import { newWebhookSecret } from "./signature.ts";
import type { CallReport, CallTask } from "./webhook-task.ts";

const KEY = "a key of this test's own";
const [present, before] = [newWebhookSecret(), newWebhookSecret()];
const nowMs = Date.now();
const task: CallTask = {
  task: "call",
  endpointId: "whe_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as EndpointId,
  position: 7,
  attempt: 2,
  round: 1,
  url: "https://shop.example.com/",
  secrets: [present, before].map((secret) => seal(secret, sealingKeyOf(KEY))),
  eventId: "evt_7",
  body: '{"type":"order.confirmed"}',
  notAfterMs: nowMs + 1_000,
};

/** A sender, what it called, and what it reported. */
function sender(outcome: Partial<CallOutcome> = {}) {
  const [calls, reports, warnings]: [EndpointCall[], CallReport[], string[]] = [[], [], []];
  const deps = {
    call: async (call: EndpointCall) => {
      calls.push(call);
      return { isTaken: true, status: 204, error: null, retryAfterMs: null, tookMs: 12.3, ...outcome };
    },
    reports: { send: async (report: CallReport) => void reports.push(report) },
    key: openingKey(KEY),
    clock: { nowMs: () => nowMs },
    warn: (message: string) => void warnings.push(message),
  };
  return { deps, calls, reports, warnings };
}

test("a call bears the signatures of both secrets, and its report says what came of it", async () => {
  const { deps, calls, reports } = sender();
  await sendWebhook(deps, task);
  for (const secret of [present, before])
    expect(new Webhook(secret).verify(calls[0]!.body, { ...calls[0]!.headers })).toEqual({
      type: "order.confirmed",
    });
  expect(calls[0]!.headers["webhook-id"]).toBe("evt_7");
  expect(reports).toEqual([
    {
      endpointId: task.endpointId,
      position: 7,
      attempt: 2,
      round: 1,
      isTaken: true,
      status: 204,
      error: null,
      retryAfterMs: null,
      tookMs: 12,
      atMs: nowMs,
    },
  ]);
});

test("killed between call and report, its message comes again and it calls again under the same id", async () => {
  const { deps, calls, reports } = sender();
  const killed = { ...deps, reports: { send: () => Promise.reject(new Error("killed")) } };
  await expect(sendWebhook(killed, task)).rejects.toThrow("killed");
  await sendWebhook(deps, task);
  expect(calls.map(({ headers }) => headers["webhook-id"])).toEqual(["evt_7", "evt_7"]);
  expect(reports).toHaveLength(1);
});

test("one that waited in the queue beyond its lease is dropped: somebody else has the same call", async () => {
  const { deps, calls, reports, warnings } = sender();
  await sendWebhook(deps, { ...task, notAfterMs: nowMs - 1 });
  expect([calls, reports]).toEqual([[], []]);
  expect(warnings).toHaveLength(1);
});
