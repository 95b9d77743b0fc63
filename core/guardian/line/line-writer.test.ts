import { expect, test } from "vitest";
import type { SaleId } from "../../ids.ts";
import { type LineState, noLine } from "../../line/line-state.ts";
import type { News } from "../../line/log-line.ts";
import { nextLine, readLines } from "../../line/read-log.ts";
import { lineWriter, Overtaken } from "./line-writer.ts";

const saleId = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as SaleId;
const chain = { hash: "52".repeat(32), publicKey: "83", genesisMs: 0, periodMs: 3_000, isRehearsal: false };
const rules = (mode: "draw" | "returns"): News => ({
  kind: "rules",
  version: 1,
  saleId,
  mode,
  startsAtMs: 1_000,
  closesAtMs: 2_000,
  resultAtMs: mode === "draw" ? 3_000 : null,
  listSeconds: 30,
  turnSeconds: 300,
  purchaseLimit: 1,
  allocated: 1,
  chain,
});
const settings = { admissionsPerSecond: 1, mostInside: 1, isPaused: false, message: "", role: "operator" };
const end: News = { kind: "end", reason: "ended" };
const leaving = (n: number): News => ({ kind: "withdrawn", list: 0, leaf: String(n).padStart(64, "0") });

/** A log in memory, into which others write before each of our tries. */
function logWith(mode: "draw" | "returns", others: News[]) {
  const texts: string[] = [];
  const put = (news: News) => {
    texts.push(nextLine(saleId, readLines(saleId, noLine, texts), news, 5_000).text);
  };
  put(rules(mode));
  put({ kind: "settings", ...settings });
  put({ kind: "closing", list: 0 });
  const known = readLines(saleId, noLine, texts);
  const logs = {
    append: async (_: SaleId, state: LineState, news: News, nowMs: number) => {
      const other = others.shift();
      if (other) put(other);
      if (state.lines !== texts.length) return null;
      put(news);
      return nextLine(saleId, state, news, nowMs).state;
    },
    texts: async (_: SaleId, from: number) => texts.slice(from),
  };
  return { writer: lineWriter(logs, saleId, known, () => 5_000), texts };
}

test("however many leave in between, the guardian's line comes behind them", async () => {
  const { writer, texts } = logWith(
    "returns",
    Array.from({ length: 30 }, (_, n) => leaving(n)),
  );
  await writer.add(end);
  expect(texts).toHaveLength(3 + 30 + 1);
  expect(writer.state()).toMatchObject({ end: "ended" });
  expect(writer.state().withdrawn.count).toBe(30);
});

test("a line of anybody else makes the guardian look again", async () => {
  const { writer } = logWith("returns", [leaving(1), { kind: "allocation", allocated: 2, role: "operator" }]);
  await expect(writer.add(end)).rejects.toThrow(Overtaken);
});

test("a draw's step is made anew: whoever has left wins nothing", async () => {
  const { writer } = logWith("draw", [leaving(1)]);
  const rank = `00000000.0.${"a".repeat(64)}`;
  const step = { kind: "step", step: 1, after: "", upTo: rank, quantityAtMost: 1, people: 1 } as const;
  await expect(writer.add({ ...step, lapsedSteps: 0, holdsFromMs: 9_000 })).rejects.toThrow(Overtaken);
});
