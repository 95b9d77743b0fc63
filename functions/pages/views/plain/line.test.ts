import { describe, expect, test } from "vitest";
import type { LineView } from "../../../../core/contract/line.ts";
import type { SaleStatus } from "../../../../core/contract/sale.ts";
import { readShop } from "../../../../core/contract/shop.ts";
import type { BuyerId, SaleId } from "../../../../core/ids.ts";
import { plainWordsIn } from "../../../../web/texts/plain.ts";
import { lineState, type PlainLine } from "./line-state.ts";
import { plainSalePage } from "./sale.ts";

const saleId = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as SaleId;
const STARTS = "2026-11-27T09:00:00.000Z";
const mode = {
  kind: "waiting_room",
  closesAt: STARTS,
  listSeconds: 30,
  turnSeconds: 300,
  admissionsPerSecond: 10,
  mostInside: 50,
} as const;
const sale: SaleStatus = {
  saleId,
  name: "Lamp",
  description: "",
  translations: {},
  priceMinor: 34_900,
  currency: "EUR",
  picture: null,
  purchaseLimit: 5,
  payment: { kind: "none" },
  withdrawal: { kind: "days", days: 14, returnsGo: "on_sale" },
  guests: { kind: "everybody" },
  mode,
  phase: "open",
  startsAt: STARTS,
  endsAt: null,
  stock: null,
  serverTime: STARTS,
  pollAfterMs: 1000,
};
const view: LineView = {
  saleId,
  mode: "waiting_room",
  phase: "moving",
  startsAt: STARTS,
  closesAt: STARTS,
  resultAt: null,
  listSeconds: 30,
  turnSeconds: 300,
  purchaseLimit: 5,
  openList: 1,
  isClosed: false,
  lists: [],
  entriesBefore: 0,
  upTo: "",
  lapsedUpTo: "",
  steps: 0,
  hasAllWinners: false,
  holdsFrom: null,
  admitted: 0,
  inside: null,
  stock: { available: 7, held: 2 },
  pace: { admissionsPerSecond: 10, mostInside: 50, isPaused: false, message: "<b>Back at noon</b>" },
  end: null,
  log: { lines: 3, hash: "a".repeat(64) },
  chain: null,
  serverTime: STARTS,
  pollAfterMs: 1000,
};
type Entry = NonNullable<PlainLine["entry"]>;
const step = { step: 1, after: "", upTo: "", quantityAtMost: 9, people: 1, holdsFromMs: 0, lapsesAtMs: null };
const entry = (more: Partial<Entry>): Entry => ({
  receipt: {
    saleId,
    list: 0,
    lane: 0,
    quantity: 2,
    buyerId: "byr_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as BuyerId,
    salt: "0".repeat(32),
    leaf: "b".repeat(64),
  },
  state: "joined",
  rank: null,
  estimate: null,
  step: null,
  ticket: "ticket-1",
  turnTo: null,
  isUndone: false,
  isUnread: false,
  ...more,
});
const page = (line: PlainLine | null, settings: Partial<SaleStatus> = {}, isSignedIn = true) =>
  plainSalePage(plainWordsIn("en", readShop({})), {
    sale: { ...sale, ...settings },
    buyer: isSignedIn ? { orders: [] } : null,
    line,
    reminder: null,
    guest: null,
    key: "key-0001",
    siteUrl: "https://shop.example",
    address: "/plain/en",
  });

describe("a sale with a line, without script", () => {
  test("is joined by a form, and nobody buys before", () => {
    const text = page({ view, entry: null });
    expect(text).toContain('action="/plain/en/join"');
    expect(text).toContain("you come into the slower lane");
    expect(text).not.toContain('action="/plain/en/purchase"');
    expect(text).not.toContain('http-equiv="refresh"');
    expect(page({ view, entry: null }, {}, false)).not.toContain('action="/plain/en/join"');
  });

  test("waits on a page that asks again by itself, and can be left", () => {
    const text = page({ view, entry: entry({}) });
    expect(text).toContain("You are in the line");
    expect(text).toContain('<meta http-equiv="refresh" content="10" />');
    expect(text).toContain('action="/plain/en/leave"');
  });

  test("tells who is checked later, and whose lane was undone", () => {
    const later = entry({}).receipt;
    const text = page({ view: { ...view, openList: 0 }, entry: entry({ receipt: { ...later, lane: 1 } }) });
    expect(text).toContain("You are checked later");
    expect(text).toContain("until the list closes");
    const closed = page({ view, entry: entry({ receipt: { ...later, lane: 1 } }) });
    expect(closed).toContain("You are checked later");
    expect(closed).not.toContain("until the list closes");
    expect(page({ view, entry: entry({ isUndone: true }) })).toContain("the shop undid that");
    expect(page({ view, entry: entry({}) })).not.toContain("checked later");
  });

  test("what operators say is text", () => expect(page({ view, entry: null })).not.toContain("<b>Back"));

  test("buys in the turn with the ticket, as many as were asked for", () => {
    const text = page({ view, entry: entry({ state: "turn", step, turnTo: STARTS }) });
    expect(text).toContain('name="ticket" value="ticket-1"');
    expect(text.match(/<option/g)).toHaveLength(2);
    expect(page({ view, entry: entry({ state: "waiting" }) })).not.toContain("ticket-1");
  });

  test("an ended sale says that alone", () =>
    expect(page({ view, entry: entry({}) }, { phase: "ended" })).not.toContain("You are in the line"));
});

test.each([
  [{ state: "joined" }, "line_joined"],
  [{ state: "waiting" }, "line_waiting"],
  [{ state: "waiting", step }, "line_soon"],
  [{ state: "turn", step }, "line_turn"],
  [{ state: "lapsed", step }, "line_lapsed"],
  [{ state: "passed_over" }, "line_passed_over"],
  [{ state: "withdrawn" }, "line_withdrawn"],
] as const)("an entry %j is told as %s", (more, expected) => {
  expect(lineState({ view, entry: entry(more) })).toBe(expected);
});

const refreshIn = (text: string) => {
  const seconds = /http-equiv="refresh" content="(\d+)"/.exec(text)?.[1];
  return seconds === undefined ? null : Number(seconds);
};

const inTurn = (seconds: number, more: Partial<SaleStatus> = {}, of: LineView["mode"] = "waiting_room") => {
  const turnTo = new Date(Date.parse(STARTS) + seconds * 1_000).toISOString();
  return page({ view: { ...view, mode: of }, entry: entry({ state: "turn", step, turnTo }) }, more);
};

describe("a page asks again by itself", () => {
  test.each<[string, Partial<Entry> | null, Partial<LineView>]>([
    ["passed over", { state: "passed_over" }, { mode: "draw" }],
    ["closed to newcomers", null, { openList: null, isClosed: true }],
    ["over", { state: "over" }, { end: "ended" }],
  ])("each half minute, %s", (_what, mine, more) => {
    const text = page({ view: { ...view, ...more }, entry: mine && entry(mine) });
    expect(refreshIn(text)).toBe(30);
    expect(text).toContain("by itself every half minute");
  });

  test("once a turn is over, and not while somebody chooses in it", () => {
    // By then its lapse is in the log, and holds.
    expect(refreshIn(inTurn(240))).toBe(250);
    expect(refreshIn(inTurn(86_400, {}, "draw"))).toBe(86_410);
    expect(inTurn(240)).toContain("stays as it is while you choose");
  });

  test("each half minute in a turn that goes on beyond its time, since the sale stood still, or in which nothing can be bought", () => {
    expect(refreshIn(inTurn(-20))).toBe(30);
    const paused = inTurn(240, { phase: "paused" });
    expect(refreshIn(paused)).toBe(30);
    expect(paused).toContain("The sale stands still, and so does the time of your turn.");
    const stock = { allocated: 10, available: 0, held: 3, sold: 7, withheld: 0 };
    const taken = inTurn(240, { phase: "sold_out", stock });
    expect(refreshIn(taken)).toBe(30);
    expect(taken).toContain("No unit is left just now, and 3 are in unpaid holds.");
  });

  test("but not where somebody may join", () => {
    expect(refreshIn(page({ view, entry: null }))).toBeNull();
    expect(refreshIn(page({ view, entry: entry({ state: "lapsed", step }) }))).toBeNull();
  });
});

test("whoever waits is told the pace, and what the range depends on", () => {
  const ms = Date.parse(STARTS);
  const estimate = { ahead: 12, fromMs: ms, toMs: ms + 600_000, why: "full" } as const;
  const waiting = entry({ state: "waiting", rank: `00000000.0.${"7".repeat(64)}`, estimate });
  const text = page({ view, entry: waiting });
  expect(text).toMatch(/Pace<\/dt>\s*<dd>10 people per second/);
  expect(text).toContain("What it depends on most: everybody whose turn it is still takes their time.");
  const paused = { ...view, pace: { ...view.pace!, isPaused: true } };
  expect(page({ view: paused, entry: waiting })).toMatch(/Pace<\/dt>\s*<dd>paused/);
  expect(page({ view: { ...view, mode: "returns" }, entry: waiting })).not.toContain("Pace</dt>");
});

describe("the receipt", () => {
  const { receipt } = entry({});
  const text = page({ view, entry: entry({}) });
  test("is on the page, to be read and saved", () => {
    const saved = /download="receipt\.json"\s+href="data:application\/json,([^"]+)"/.exec(text)?.[1];
    expect(JSON.parse(decodeURIComponent(saved ?? ""))).toEqual(receipt);
    expect(text).toContain(receipt.salt);
  });
  test("comes with the command that finds its entry in the published list", () => {
    const files = `https://shop.example/api/sale/${saleId}/fairness`;
    expect(text).toContain(`node verify-fairness.mjs ${files} --receipt receipt.json`);
    const chain = { hash: "e".repeat(64), isRehearsal: true };
    expect(page({ view: { ...view, chain }, entry: entry({}) })).toContain("receipt.json --rehearsal");
  });
  test("is nobody's who has no entry", () =>
    expect(page({ view, entry: null })).not.toContain("receipt.json"));
});

describe("a draw between its result and its opening", () => {
  const ms = Date.parse(STARTS);
  const estimate = { ahead: 12, fromMs: ms, toMs: ms, why: "opening" } as const;
  const draw: LineView = { ...view, mode: "draw", openList: null, serverTime: "2026-11-25T09:00:00.000Z" };
  const drawn = entry({ state: "waiting", rank: `00000000.0.${"7".repeat(64)}`, estimate });

  test("says that the order is certain, and that who is selected is not yet", () => {
    expect(lineState({ view: draw, entry: drawn })).toBe("line_drawn");
    const text = page({ view: draw, entry: drawn }, { phase: "scheduled" });
    expect(text).toContain("The order is drawn");
    expect(text).toMatch(/Who is selected is not decided yet: when the sale opens \(Fri, 27 Nov 2026/);
    expect(text).not.toContain("A turn is a chance");
    expect(text).not.toContain("Your turn begins, about");
    expect(text).toMatch(/Ahead of you, about<\/dt>\s*<dd>12</);
    expect(text).toContain('action="/plain/en/leave"');
  });

  test("names no moment that nobody knows", () => {
    const paused = entry({ ...drawn, estimate: { ahead: 12, fromMs: null, toMs: null, why: "paused" } });
    const text = page({ view: { ...draw, serverTime: STARTS }, entry: paused });
    expect(text).toContain("Who is selected is not decided yet");
    expect(text).toContain("nobody can say: the line is paused");
  });
});

test.each([
  [{ state: "lapsed", step }, "You have had your turn."],
  [{ state: "turn", step }, "You have had your turn."],
  [{ state: "withdrawn" }, "You have left the line."],
  [{ state: "over" }, "Your turn did not come"],
] as const)("once all is sold, an entry %j is told what became of it", (more, expected) => {
  const text = page({ view: { ...view, end: "sold_out" }, entry: entry(more) }, { phase: "sold_out" });
  const all = ["You have had your turn.", "You have left the line.", "Your turn did not come"];
  expect(all.filter((sentence) => text.includes(sentence))).toEqual([expected]);
  expect(text.includes("you may stay")).toBe(more.state === "over");
  const ended = page({ view: { ...view, end: "ended" }, entry: entry(more) });
  expect(ended.includes("before your turn came")).toBe(more.state === "over");
});

test("a draw's turn is a promise; an end is one for everybody; who comes too late is told so", () => {
  expect(lineState({ view: { ...view, mode: "draw" }, entry: entry({ state: "turn", step }) })).toBe(
    "line_won",
  );
  expect(lineState({ view: { ...view, end: "sold_out" }, entry: entry({}) })).toBe("line_sold_out");
  expect(lineState({ view: { ...view, openList: null }, entry: null })).toBe("line_closed");
  const returns = { ...view, mode: "returns", openList: null } as const;
  const stateWith = (stock: typeof view.stock) => lineState({ view: { ...returns, stock }, entry: null });
  expect(stateWith({ available: 0, held: 0 })).toBe("line_closed");
  // The gate does not say, or a unit has come back: nobody says that all are paid for.
  expect([stateWith(null), stateWith({ available: 1, held: 0 })]).toEqual(["line_loading", "line_loading"]);
});
