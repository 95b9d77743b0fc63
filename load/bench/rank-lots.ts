// Ranks a line of a million entries in a process of its own, so that its memory is seen: `node load/bench/rank-lots.ts`.
import { randomBytes } from "node:crypto";
import { closeList, lanesOf, rootOfList } from "../../core/line/closed-list.ts";
import type { Lane } from "../../core/line/leaf.ts";
import { rankAt, rankList } from "../../core/line/ranked-list.ts";
import { newSaleId } from "../../core/ids.ts";

const ENTRIES = 1_000_000;
const commitments = randomBytes(ENTRIES * 32);
const laneOf = (i: number): Lane => (i % 10 === 0 ? 1 : 0);
const entries = {
  length: ENTRIES,
  at: (i: number) => ({
    commitment: commitments.subarray(i * 32, i * 32 + 32),
    lane: laneOf(i),
    quantity: 1 + (i % 4),
  }),
};
const saleId = newSaleId(Date.now());
const [began, cpuBegan] = [performance.now(), process.cpuUsage()];
const closed = closeList(saleId, 0, entries);
const root = rootOfList(closed);
const ranked = rankList(closed, root);
const [elapsedMs, cpu] = [performance.now() - began, process.cpuUsage(cpuBegan)];
if (rankAt(ranked, 0) >= rankAt(ranked, ENTRIES - 1) || lanesOf(closed).lane1 !== ENTRIES / 10)
  throw new Error("the line is not in order");
const cpuMs = (cpu.user + cpu.system) / 1000;
console.log(JSON.stringify({ elapsedMs, cpuMs, maxRssMb: process.resourceUsage().maxRSS / 1024 }));
