import { setTimeout as sleep } from "node:timers/promises";
import type { EntryList, LineView } from "../../../core/contract/line.ts";
import type { LineState } from "../../../core/line/line-state.ts";
import { roundAtMs } from "../../../core/line/round.ts";
import { line as words } from "../../../web/texts/en/line.ts";
import { httpFunction } from "../../../core/topology.ts";
import { callApi } from "../../../local/call-api.ts";
import { purchaseAttempt } from "../../crowd/purchase-attempt.ts";
import { buy } from "../../fairness/buy.ts";
import { buyInTurn } from "../../fairness/follow-line.ts";
import { untilAnswered } from "../../fairness/join-line.ts";
import { acceptedOf, type Guest, type Launch } from "../../fairness/launch.ts";
import { localSession } from "../../local-session.ts";
import { readAnswer } from "../../verdict/read-answer.ts";
import { losesPlaces } from "../fault.ts";
import { hasKilled } from "../kills.ts";
import type { LineFault, LineStage } from "../line/line-fault.ts";
import { readRecoveries } from "../read-recoveries.postgres.ts";
import { waitUntil } from "../wait-until.ts";
import { atPoint } from "../worker-control.ts";

const LATE_MS = 25_000;
/** A little later than the line says so. */
const CALLED_LATE_MS = 6_000;
/** The shortest that a sale may have; the gate waits five seconds more. */
const TURN_SECONDS = 30;
/** So much of a turn is over when it is interrupted, and so long it is. */
const INTO_TURN_MS = 12_000;
const INTERRUPTED_MS = 20_000;
/** Of served time 33 seconds, of all time 53: a turn that ran through the pause would be over. */
const CHOOSES_FOR_MS = 53_000;
/** Whoever is not answered asks again a second later. */
const BEFORE_LAPSE_MS = 800;

const untilHolds = async ({ until }: LineStage): Promise<void> =>
  until("the first step holds", ({ steps }) => (steps[0]?.holdsFromMs ?? Infinity) <= Date.now());
const untilRecovered = ({ cloud, launch }: LineStage): Promise<void> =>
  waitUntil(
    "the sale was recovered",
    async () => (await readRecoveries(cloud.stores().databaseUrl, launch.saleId)).length > 0,
  );
const hasRecovered = async ({ cloud, launch }: LineStage) =>
  (await readRecoveries(cloud.stores().databaseUrl, launch.saleId)).length > 0;

/** What everybody is told while the round is late: that it is, and nothing else. */
async function judgeWhileLate({ launch, line }: LineStage): Promise<string[]> {
  const { saleId, callers, guests } = launch;
  const guest = guests[0]!;
  const { token } = guest.buyer;
  const read = async (route: string) => (await untilAnswered(callers.honest, { route, token })).body;
  const view = JSON.parse(await read(`GET /api/sale/${saleId}/line`)) as LineView;
  const { entries } = JSON.parse(await read(`GET /api/sale/${saleId}/line/entry`)) as EntryList;
  const page = await read(`GET /plain/en/sale/${saleId}`);
  const bought = await buy(launch, guest, { ticket: guest.entry?.ticket });
  const { steps, lists } = await line();
  const list = view.lists[0];
  return [
    ...(list?.isLate && list.key === null && view.phase === "drawing" ? [] : ["the line does not say late"]),
    ...(entries[0]?.state === "joined" && entries[0].rank === null ? [] : ["an entry is not joined"]),
    ...(page.includes(words.faces.line_late.heading) ? [] : ["the page does not say late"]),
    ...(bought.kind === "not_your_turn" ? [] : [`a purchase was answered ${bought.kind}`]),
    ...(steps.length === 0 && lists[0]?.key === null ? [] : ["somebody was let in without a round"]),
  ];
}

const isRoundLate = ({ rules, lists }: LineState) => {
  const round = lists[0]?.root?.round;
  return rules !== null && round !== undefined && Date.now() > roundAtMs(round, rules.chain) + CALLED_LATE_MS;
};

const late = (mode: LineFault["mode"]): LineFault => ({
  name: `${mode === "draw" ? "draw" : "room"}-beacon-late`,
  line: "beacon late: everybody is told so and nobody is let in; then it comes",
  mode,
  limits: mode === "draw" ? [3] : [1],
  prepare: async (cloud) => cloud.beacon.delay(LATE_MS),
  inject: async (stage) => {
    const { until, alsoJudge } = stage;
    await until("the round is late", isRoundLate);
    const wrong = await judgeWhileLate(stage);
    alsoJudge(() => wrong);
  },
});

/** Whoever has bought all that their turn was for tries once more, after Redis was lost. @returns what they were given. */
async function buyTwice(stage: LineStage, launch: Launch, guest: Guest): Promise<void> {
  await buyInTurn(launch, guest);
  const { buyerId } = guest.buyer;
  // Who wanted more than was left has all of the turn still, and may buy the last unit.
  if (!launch.log.some((answer) => answer.buyerId === buyerId && answer.kind === "accepted")) return;
  await waitUntil("the sale was recovered", () => hasRecovered(stage), 90_000);
  const { apiUrl, saleId, callers } = launch;
  const attempt = purchaseAttempt(apiUrl, saleId, guest.buyer, 1, guest.entry?.ticket);
  for (let tries = 0; tries < 30; tries++) {
    const answer = await callers.honest.send(attempt.request);
    const { kind } = readAnswer(
      { buyerId, key: attempt.key, quantity: 1, sentAtMs: 0, answeredAtMs: 0 },
      answer,
    );
    if (kind === "accepted") launch.faults.push(`${buyerId} bought twice in one turn`);
    if (answer && answer.status < 500) return;
    await sleep(1_000);
  }
}

const lost = (mode: LineFault["mode"]): LineFault => ({
  name: `${mode === "draw" ? "draw" : "room"}-redis-lost-in-turns`,
  line: "room's numbers through a Redis loss: FLUSHALL in the middle of turns, and buyers try once more",
  mode,
  limits: [1, 3],
  voids: losesPlaces,
  mayReject: true,
  onTurn: (stage) => (launch, guest) => buyTwice(stage, launch, guest),
  inject: async (stage) => {
    const { cloud, launch } = stage;
    const some = Math.ceil(launch.units / 8);
    await waitUntil("some have bought", async () => acceptedOf(launch) >= some, 120_000);
    await cloud.redis.node().client.flushall();
    await untilRecovered(stage);
    cloud.guardians.add();
  },
});

async function operate({ cloud, launch }: LineStage, button: "pause" | "resume"): Promise<void> {
  const { token } = localSession("operator");
  await callApi(cloud.apiUrl, `POST /api/admin/sales/${launch.saleId}/${button}`, { token });
}

/** Turns of 30 s, in which everybody chooses for longer than that; without the interruption they would lapse. */
const interrupted = (
  name: string,
  line: string,
  mode: LineFault["mode"],
  interrupt: (stage: LineStage) => Promise<void>,
): LineFault => ({
  name,
  line,
  mode,
  people: 12,
  units: 12,
  turnSeconds: TURN_SECONDS,
  voids: losesPlaces,
  onTurn: () => async (launch, guest) => {
    await sleep(CHOOSES_FOR_MS);
    const { kind } = await buy(launch, guest, { ticket: guest.entry?.ticket });
    if (kind !== "accepted") launch.faults.push(`${guest.buyer.buyerId} was in turn, and told ${kind}`);
  },
  inject: async (stage) => {
    await untilHolds(stage);
    await sleep(INTO_TURN_MS);
    await interrupt(stage);
  },
});

/** When a step's turns end, once that is in the log. */
async function lapseOf({ line, until }: LineStage, step: number): Promise<number> {
  await until("a turn is about to lapse", ({ lapsedSteps }) => lapsedSteps >= step);
  return (await line()).steps[step - 1]!.lapsesAtMs!;
}

/** Buys in the last moment of the turn; the answer is lost, and is asked for again once the turn has lapsed. */
function buyLast(stage: LineStage) {
  const askedLate = new Set<string>();
  stage.alsoJudge(() =>
    askedLate.size > 0 ? [] : ["nobody asked again after their turn: nothing was tested"],
  );
  return async (launch: Launch, guest: Guest): Promise<void> => {
    const { buyerId } = guest.buyer;
    const lapsesAtMs = await lapseOf(stage, guest.toldTurn!.step);
    await sleep(lapsesAtMs - BEFORE_LAPSE_MS - Date.now());
    const { kind } = await buy(launch, guest, { ticket: guest.entry?.ticket });
    const tries = launch.log.filter((answer) => answer.buyerId === buyerId);
    const isLate = tries[0]!.sentAtMs < lapsesAtMs && tries.at(-1)!.sentAtMs >= lapsesAtMs;
    // Whose first try came too late has nothing, and is told so; whoever has an order that no answer tells of breaks a law.
    if (kind === "accepted" && isLate) askedLate.add(buyerId);
  };
}

const lastSecond: LineFault = {
  name: "room-retry-in-last-second",
  line: "the retry of a purchase that lost its answer in the turn's last second",
  mode: "waiting_room",
  people: 6,
  units: 6,
  turnSeconds: TURN_SECONDS,
  onTurn: buyLast,
  isOver: ({ steps, upTo, lapsedUpTo }) => steps > 0 && lapsedUpTo === upTo,
  prepare: (cloud) =>
    cloud.workers.rearm("purchase", atPoint("purchase_after_reserve", "SIGKILL", [0, 0, 0, 0, 0])),
  hasStruck: hasKilled(httpFunction("purchase").handler),
  inject: (stage) => stage.until("turns have lapsed", ({ lapsedSteps }) => lapsedSteps > 0),
};

/** Turns that are late, interrupted, forgotten, or nearly over. */
export const lineTurns: readonly LineFault[] = [
  late("waiting_room"),
  late("draw"),
  lost("waiting_room"),
  lost("draw"),
  ...(["waiting_room", "draw"] as const).flatMap((mode) => [
    interrupted(
      `${mode === "draw" ? "draw" : "room"}-paused-in-turn`,
      "a turn is interrupted by a pause, and lasts as long as the sale is served",
      mode,
      async (stage) => {
        await operate(stage, "pause");
        await sleep(INTERRUPTED_MS);
        await operate(stage, "resume");
      },
    ),
    interrupted(
      `${mode === "draw" ? "draw" : "room"}-recovered-in-turn`,
      "a turn is interrupted by a recovery, and nobody's lapses by it",
      mode,
      async ({ cloud, ...stage }) => {
        await cloud.redis.node().client.flushall();
        await untilRecovered({ cloud, ...stage });
      },
    ),
  ]),
  lastSecond,
];
