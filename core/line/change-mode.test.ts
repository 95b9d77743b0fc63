import { describe, expect, test } from "vitest";
import type { SaleMode } from "../contract/sale-mode.ts";
import { whyModeStays } from "./change-mode.ts";
import { type LineState, noLine } from "./line-state.ts";

const room: SaleMode = {
  kind: "waiting_room",
  closesAt: "2026-11-27T09:00:00.000Z",
  listSeconds: 30,
  turnSeconds: 300,
  admissionsPerSecond: 10,
  mostInside: 100,
};
const open: SaleMode = { kind: "open" };
const begun: LineState = { ...noLine, lines: 2 };
const closed: LineState = { ...begun, lists: [{ list: 0, closingAtMs: 0, root: null, key: null }] };

describe("a mode", () => {
  test.each<[string, SaleMode, SaleMode, { hasJoined: boolean; state: LineState }, string | null]>([
    ["may change while nobody has joined", open, room, { hasJoined: false, state: noLine }, null],
    ["stays once somebody has", room, open, { hasJoined: true, state: noLine }, "mode"],
    ["stays once there is a log", room, open, { hasJoined: false, state: begun }, "mode"],
    ["may be kept at any time", room, { ...room }, { hasJoined: true, state: closed }, null],
    [
      "may close later while list 0 is open",
      room,
      { ...room, closesAt: "2026-11-27T09:10:00.000Z" },
      { hasJoined: true, state: begun },
      null,
    ],
    [
      "keeps its settings once list 0 has closed",
      room,
      { ...room, turnSeconds: 60 },
      { hasJoined: true, state: closed },
      "list 0",
    ],
    [
      "has its pace changed at the line once that has begun",
      room,
      { ...room, mostInside: 5 },
      { hasJoined: true, state: begun },
      "pace",
    ],
  ])("%s", (_what, before, after, facts, why) => {
    const said = whyModeStays(before, after, facts);
    if (why === null) expect(said).toBeNull();
    else expect(said).toContain(why);
  });
});
