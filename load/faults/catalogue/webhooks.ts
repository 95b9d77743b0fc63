import { setTimeout as sleep } from "node:timers/promises";
import { consumers } from "../../../core/topology.ts";
import { localSession } from "../../local-session.ts";
import { judgeWebhooks } from "../../webhooks/judge-webhooks.ts";
import { openShop, type Shop } from "../../webhooks/shop.ts";
import type { Fault, Stage } from "../fault.ts";
import { mustKill } from "../kills.ts";
import { buyConfirmed } from "../mailed-buyers.ts";
import { waitUntil } from "../wait-until.ts";
import { atPoint } from "../worker-control.ts";

const BUYERS = 12;
const DOWN_MS = 10_000;
/** A call whose sender was killed comes again after the queue's time, or after its lease. */
const TOLD_LIMIT_MS = 120_000;

/** Orders of their own beside the crowd, and a shop that is told of them. */
async function withShop(stage: Stage, strike: (shop: Shop) => Promise<() => Promise<void>>): Promise<void> {
  const { cloud } = stage;
  await stage.midBurst();
  const shop = await openShop(cloud.apiUrl, 0);
  const pump = cloud.webhooks();
  try {
    const mended = await strike(shop);
    const tokens = Array.from({ length: BUYERS }, () => localSession().token);
    const orderIds = new Set<unknown>(await buyConfirmed(cloud, tokens));
    await mended();
    const ofOurs = (data: Readonly<Record<string, unknown>>) => orderIds.has(data["orderId"]);
    const feed = async () => (await shop.feed()).filter(({ data }) => ofOurs(data));
    const taken = () => shop.receiver.taken().filter(({ event }) => ofOurs(event.data));
    await waitUntil(
      "every order is told of",
      async () => new Set(taken().map(({ id }) => id)).size >= BUYERS && (await feed()).length >= BUYERS,
      TOLD_LIMIT_MS,
    );
    const wrong = judgeWebhooks(await feed(), taken());
    const { forged } = await shop.receiver.stop();
    stage.alsoJudge(() => [...wrong, ...(forged === 0 ? [] : [`${forged} webhooks did not verify`])]);
  } finally {
    await pump.stop();
    await shop.close();
  }
}

/** The sender of webhooks dies, or the merchant's endpoint does; no order waits for any of them. */
export const webhooks: readonly Fault[] = [
  {
    name: "webhook-sender-killed",
    line: "webhook sender killed between the call and its report",
    inject: (stage) =>
      withShop(stage, async () => {
        await stage.cloud.workers.rearm("sender", atPoint("webhook_after_call", "SIGKILL", [0, 2]));
        return mustKill(stage, consumers.webhookSender.handler);
      }),
  },
  {
    name: "webhook-delivered-twice",
    line: "webhook sender killed after its report: the queue delivers twice",
    inject: (stage) =>
      withShop(stage, async () => {
        await stage.cloud.workers.rearm("sender", atPoint("webhook_after_report", "SIGKILL", [0, 2]));
        return mustKill(stage, consumers.webhookSender.handler);
      }),
  },
  {
    name: "webhook-endpoint-down",
    line: "a merchant's endpoint down for ten seconds",
    inject: (stage) =>
      withShop(stage, async (shop) => {
        const up = await shop.receiver.down();
        return async () => {
          await sleep(DOWN_MS);
          await up();
        };
      }),
  },
];
