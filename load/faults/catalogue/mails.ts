import { setTimeout as sleep } from "node:timers/promises";
import { consumers } from "../../../core/topology.ts";
import type { Fault, Stage } from "../fault.ts";
import { mustKill } from "../kills.ts";
import { buyConfirmed, mailedBuyers } from "../mailed-buyers.ts";
import { waitUntil } from "../wait-until.ts";
import { atPoint } from "../worker-control.ts";

const DOWN_MS = 60_000;
/** A mail whose sender was killed is left alone for a minute; its message comes again some times meanwhile. */
const MAILED_LIMIT_MS = 150_000;

/** Waits until there is a mail about each order; then judges how many there are. */
async function untilMailed(stage: Stage, orderIds: readonly string[], most: number): Promise<void> {
  const counts = () => Promise.all(orderIds.map((id) => stage.cloud.mailbox.countAbout(id)));
  await waitUntil(
    "a mail about each order",
    async () => (await counts()).every((count) => count > 0),
    MAILED_LIMIT_MS,
  );
  const found = await counts();
  stage.alsoJudge(() =>
    found.flatMap((count, n) => (count <= most ? [] : [`${count} mails about ${orderIds[n]}`])),
  );
}

/** Mails about orders, whose sender dies or whose provider is gone; no order waits for any of them. */
export const mails: readonly Fault[] = [
  {
    name: "mailer-killed",
    line: "mail function killed between the mail and its mark",
    inject: async (stage) => {
      await stage.midBurst();
      const tokens = await mailedBuyers(stage.cloud);
      await stage.cloud.workers.rearm("mailer", atPoint("mailer_after_send", "SIGKILL", [0, 1]));
      const untilKilled = await mustKill(stage, consumers.orderMailer.handler);
      const orderIds = await buyConfirmed(stage.cloud, tokens);
      await untilKilled();
      await untilMailed(stage, orderIds, 2);
    },
  },
  {
    name: "mail-down",
    line: "mail provider down for a minute",
    inject: async (stage) => {
      await stage.midBurst();
      const tokens = await mailedBuyers(stage.cloud);
      await stage.cloud.mailbox.down();
      const startedMs = performance.now();
      const orderIds = await buyConfirmed(stage.cloud, tokens);
      await sleep(Math.max(0, DOWN_MS - (performance.now() - startedMs)));
      await stage.cloud.mailbox.up();
      await untilMailed(stage, orderIds, 1);
    },
  },
];
