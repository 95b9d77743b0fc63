import { rehearsalChain, signRehearsal } from "./protocol.ts";
import {
  drawList,
  entriesOf,
  type News,
  type Order,
  orderIdOf,
  type Ranked,
  receiptOf,
  type World,
} from "./world.ts";

const saleId = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QE";
const startsAtMs = rehearsalChain.genesisMs + 86_400_000;
const resultAtMs = startsAtMs + 3_600_000;
const ALLOCATED = 10;
/** Of the buyers: with these numbers somebody is passed over, and fits later. */
const FIRST = 300;

/**
 * A draw by a rehearsal's beacon: winners in order, some passed over since they would not have fit, one withdrawn, one who
 * let the turn lapse, and who had been passed over gets the second chance.
 */
export function aDraw(): World {
  const quantities = [1, 3, 2, 1, 3, 3, 1, 2, 3, 2];
  const receipts = quantities.map((quantity, n) => receiptOf(saleId, FIRST + n, 0, 0, quantity));
  const rules: News = {
    atMs: startsAtMs - 86_000_000,
    kind: "rules",
    version: 1,
    saleId,
    mode: "draw",
    startsAtMs,
    closesAtMs: startsAtMs - 120_000,
    resultAtMs,
    listSeconds: 0,
    turnSeconds: 600,
    purchaseLimit: 3,
    allocated: ALLOCATED,
    chain: rehearsalChain,
  };
  const list = entriesOf(saleId, 0, receipts);
  const { rootNews, keyNews, ranked } = drawList(rules, 0, list, startsAtMs - 100_000, signRehearsal);
  const withdrawn = ranked[1]!;
  const first = firstPass(ranked, withdrawn);
  const chance = secondChance(ranked, first);
  const news: News[] = [
    rules,
    {
      atMs: rules.atMs,
      kind: "settings",
      admissionsPerSecond: 10,
      mostInside: 100,
      isPaused: false,
      message: "",
      role: "admin",
    },
    { atMs: startsAtMs - 120_000, kind: "closing", list: 0 },
    rootNews,
    { atMs: startsAtMs, kind: "withdrawn", list: 0, leaf: withdrawn.leaf },
    keyNews,
    ...first.steps,
    chance.lapse,
    chance.step,
    { atMs: resultAtMs + 800_000, kind: "end", reason: "ended" },
  ];
  const winners = first.winners.slice(1).concat(chance.entry);
  const orders = winners.map(({ leaf, quantity, step }, index): Order => ({
    orderId: orderIdOf(100 + index),
    place: index + 1,
    leaf,
    step,
    quantity,
    unitsLeft: quantity,
    state: "confirmed",
    reservedAtMs: index === winners.length - 1 ? resultAtMs + 710_000 : resultAtMs + 10_000 + index,
  }));
  return { saleId, chain: rehearsalChain, mode: "draw", receipts, lists: [list], news, orders };
}

type Winner = Ranked & { readonly step: number };

/** One step for each winner, and one that takes nobody for who withdrew: more than a guardian writes, and as right. */
function firstPass(ranked: readonly Ranked[], withdrawn: Ranked) {
  let [left, after] = [ALLOCATED, ""];
  const steps: News[] = [];
  const winners: Winner[] = [];
  for (const entry of ranked) {
    const isWinner = entry !== withdrawn && entry.quantity <= left;
    if (entry !== withdrawn && !isWinner) continue;
    const step = steps.length + 1;
    const quantityAtMost = isWinner ? left : 0;
    steps.push(stepNews({ step, after, upTo: entry.rank, quantityAtMost, people: isWinner ? 1 : 0 }));
    after = entry.rank;
    if (!isWinner) continue;
    winners.push({ ...entry, step });
    left -= entry.quantity;
    if (left === 0) break;
  }
  return { steps, winners, after };
}

/** The first winner let the turn lapse, with all others, who had bought: the units go to who was passed over. */
function secondChance(ranked: readonly Ranked[], { steps, winners, after }: ReturnType<typeof firstPass>) {
  const [gone] = winners;
  const index = ranked.findIndex(
    (entry, place) =>
      place > 0 &&
      entry.rank < after &&
      entry.quantity <= gone!.quantity &&
      !winners.some(({ leaf }) => leaf === entry.leaf) &&
      entry !== ranked[1],
  );
  const entry = ranked[index];
  if (!entry) throw new Error("nobody was passed over: choose other quantities");
  const step = steps.length + 1;
  const news = stepNews({
    step,
    after: ranked[index - 1]!.rank,
    upTo: entry.rank,
    quantityAtMost: entry.quantity,
    people: 1,
  });
  return {
    entry: { ...entry, step },
    /** Its own line: until it holds, whoever won may still buy. */
    lapse: {
      atMs: resultAtMs + 620_000,
      kind: "lapse",
      lapsedSteps: steps.length,
      holdsFromMs: resultAtMs + 623_000,
    } satisfies News,
    step: {
      ...news,
      atMs: resultAtMs + 700_000,
      holdsFromMs: resultAtMs + 703_000,
      lapsedSteps: steps.length,
    },
  };
}

const stepNews = (step: object): News => ({
  atMs: resultAtMs + 5_000,
  kind: "step",
  ...step,
  lapsedSteps: 0,
  holdsFromMs: resultAtMs + 8_000,
});
