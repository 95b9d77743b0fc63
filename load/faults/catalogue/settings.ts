import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { callApi } from "../../../local/call-api.ts";
import { localSession } from "../../local-session.ts";
import { bothLimits, type Fault, type Stage } from "../fault.ts";
import { operate } from "../operate.ts";
import { settingsOf } from "../settings-of.ts";
import { waitUntil } from "../wait-until.ts";

/** A call to the gate gives up after a second: the first change has, when the command that it sent arrives. */
const STALLS_MS = [1_200, 1_300, 1_400, 1_500, 1_600, 1_700];
const BETWEEN_CHANGES_MS = 50;
/** For whatever was sent to the gate to have arrived. */
const ARRIVAL_MS = 1_500;
/** At a purchase limit of 1. */
const UNITS = 110;
/** So many fewer than there are, one more in each round. */
const LESS = 6;

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

const delayed = (name: string, line: string, later: (round: number, units: number) => Change): Fault => ({
  name: `change-delayed-${name}`,
  line: `${line} while Redis stalls on an earlier change`,
  limits: bothLimits,
  units: UNITS,
  crowd: { waveMs: 2_500 },
  inject: async (stage) => {
    await stage.midBurst();
    const units = UNITS * (stage.crowd.purchaseLimit === 1 ? 1 : 2);
    for (const [round, stallMs] of STALLS_MS.entries()) {
      await changeWhileStalled(stage, stallMs, { allocated: units - LESS - round }, later(round, units));
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
  {
    ...delayed("lower", "allocation lowered", (round, units) => ({ allocated: units - LESS - 10 - round })),
    // Who buys several at once sells the lowered sale out while it is changed, and the next round raises it again.
    limits: [1],
  },
  {
    ...delayed("raise", "allocation raised", (round, units) => ({ allocated: units + 1 + round })),
    // Slower than the rounds: a crowd that buys three at once would sell the sale out while it is lowered, and be told so rightly.
    crowd: { waveMs: 4_000 },
  },
];
