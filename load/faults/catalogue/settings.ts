import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { callApi } from "../../../local/call-api.ts";
import { localSession } from "../../local-session.ts";
import type { Fault, Stage } from "../fault.ts";
import { operate } from "../operate.ts";
import { settingsOf } from "../settings-of.ts";
import { waitUntil } from "../wait-until.ts";

/** A call to the gate gives up after a second: the first change has, when the command that it sent arrives. */
const STALLS_MS = [1_200, 1_300, 1_400, 1_500, 1_600, 1_700];
const BETWEEN_CHANGES_MS = 50;
/** For whatever was sent to the gate to have arrived. */
const ARRIVAL_MS = 1_500;
const UNITS = 110;
const LOWERED = 104;

type Change = Parameters<typeof operate>[1];

/** Two changes while Redis stands still; either may be refused, or answered with what is not known. */
async function changeWhileStalled(stage: Stage, stallMs: number, first: Change, second: Change) {
  const { redis } = stage.cloud.proxies;
  redis.set("stall");
  const goesOn = sleep(stallMs).then(() => redis.set("pass"));
  const unclear = (change: Change) => operate(stage, change).catch(() => {});
  const changes = [unclear(first), sleep(BETWEEN_CHANGES_MS).then(() => unclear(second))];
  await Promise.all([goesOn, ...changes]);
}

const isAgreed = async (stage: Stage) => {
  const { inGate, recorded } = await settingsOf(stage);
  return inGate === recorded;
};

/** A stranger tries to buy from a sale that is paused by PostgreSQL's word. */
async function buyWhilePaused({ cloud, crowd, alsoJudge }: Stage): Promise<void> {
  const { token } = localSession();
  const attempt = { token, idempotencyKey: randomUUID(), body: { saleId: crowd.saleId } };
  const answer = await callApi(cloud.apiUrl, "POST /api/sale/purchase", attempt).catch(String);
  if (!String(answer).includes("paused"))
    alsoJudge(() => [`a paused sale answered ${JSON.stringify(answer)}`]);
}

const delayed = (name: string, line: string, later: (round: number) => Change): Fault => ({
  name: `change-delayed-${name}`,
  line: `${line} while Redis stalls on an earlier change`,
  units: UNITS,
  crowd: { waveMs: 2_500 },
  inject: async (stage) => {
    await stage.midBurst();
    for (const [round, stallMs] of STALLS_MS.entries()) {
      await changeWhileStalled(stage, stallMs, { allocated: LOWERED - round }, later(round));
      await waitUntil("gate and PostgreSQL have the same settings", () => isAgreed(stage));
      await sleep(ARRIVAL_MS);
      const { state, inGate, recorded } = await settingsOf(stage);
      if (inGate !== recorded)
        stage.alsoJudge(() => [`after ${stallMs} ms the gate has ${inGate}, PostgreSQL ${recorded}`]);
      if (state !== "paused") continue;
      await buyWhilePaused(stage);
      await operate(stage, "resume");
    }
  },
});

/** Settings that are changed while a command of an earlier change is still on its way to the gate. */
export const settings: readonly Fault[] = [
  delayed("pause", "sale paused", () => "pause"),
  delayed("lower", "allocation lowered", (round) => ({ allocated: LOWERED - 10 - round })),
  delayed("raise", "allocation raised", (round) => ({ allocated: UNITS + 1 + round })),
];
