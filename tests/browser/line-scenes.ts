import { callApi } from "../../local/call-api.ts";
import { localSession } from "../../load/local-session.ts";
import type { SaleMode } from "../../core/contract/sale-mode.ts";
import { newBuyerId } from "../../core/ids.ts";
import { newSale } from "./browser-cloud.ts";
import { driveLine } from "./drive-line.ts";
import type { Scene, Stage } from "./scenes.ts";

const LINE = "**/api/sale/*/line";
const CHALLENGE = "**/api/sale/*/line/challenge";
const ENTRY = "**/api/sale/*/line/entry";
const HOUR_MS = 3_600_000;
const inFuture = (ms: number) => new Date(Date.now() + ms).toISOString();

/** List 0 is open for an hour: without a guardian nothing moves. */
const room = (): SaleMode => ({
  kind: "waiting_room",
  closesAt: inFuture(HOUR_MS),
  listSeconds: 30,
  turnSeconds: 300,
  admissionsPerSecond: 10,
  mostInside: 500,
});
const draw = (): SaleMode => ({
  kind: "draw",
  closesAt: inFuture(HOUR_MS),
  resultAt: inFuture(HOUR_MS + 60_000),
  turnSeconds: 86_400,
});

const openRoom = ({ openSale }: Stage, mode: SaleMode = room()) =>
  openSale({ purchaseLimit: 3, startsAt: inFuture(2 * HOUR_MS), mode });

const join = ({ shopper }: Stage) => shopper.part("join-form").getByRole("button").click();

/** Somebody else is in the line too. */
async function crowd(cloud: Stage["cloud"], saleId: string): Promise<void> {
  const { token } = localSession();
  await callApi(cloud.apiUrl, `POST /api/sale/${saleId}/line/entry`, { token, body: { quantity: 1 } });
}

/** An open sale whose only unit is in somebody's unpaid hold. */
async function openTaken({ cloud, openSale }: Stage): Promise<void> {
  const payment = { kind: "held", holdSeconds: 1_800 } as const;
  const saleId = await openSale({ allocated: 1, priceMinor: 4_900, payment });
  const { token } = localSession();
  const asked = { token, idempotencyKey: crypto.randomUUID(), body: { saleId } };
  await callApi(cloud.apiUrl, "POST /api/sale/purchase", asked);
}

/** What the page of a sale says of its line before anybody joins it, and while they do. */
const joiningScenes: readonly Scene[] = [
  { name: "line-join-anonymous", state: "line_join", isAnonymous: true, reach: (stage) => openRoom(stage) },
  {
    name: "line-join",
    state: "line_join",
    reach: async (stage) => {
      await openRoom(stage);
      await stage.shopper.part("join-form").waitFor();
    },
  },
  { name: "line-join-draw", state: "line_join", reach: (stage) => openRoom(stage, draw()) },
  {
    name: "line-challenge",
    state: "line_challenge",
    reach: async (stage) => {
      await openRoom(stage);
      await stage.shopper.part("join-form").waitFor();
      await stage.shopper.stall(CHALLENGE);
      await join(stage);
    },
  },
  {
    name: "line-slower",
    state: "line_slower",
    reach: async (stage) => {
      await stage.shopper.page.addInitScript("delete globalThis.Worker");
      await openRoom(stage);
      await join(stage);
    },
  },
  {
    name: "line-joining",
    state: "line_joining",
    reach: async (stage) => {
      await openRoom(stage);
      await stage.shopper.part("join-form").waitFor();
      await stage.shopper.stall(ENTRY);
      await join(stage);
    },
  },
  {
    name: "line-checking",
    state: "line_checking",
    reach: async (stage) => {
      await openRoom(stage);
      await stage.shopper.part("join-form").waitFor();
      await stage.shopper.page.route(ENTRY, (route) => route.abort());
      await join(stage);
    },
  },
  {
    name: "line-joined",
    state: "line_joined",
    reach: async (stage) => {
      await crowd(stage.cloud, await openRoom(stage));
      await join(stage);
    },
  },
  { name: "line-returns", state: "line_returns", reach: (stage) => openTaken(stage) },
  {
    name: "line-returns-joined",
    state: "line_joined",
    reach: async (stage) => {
      await openTaken(stage);
      await stage.shopper.state("line_returns");
      await join(stage);
    },
  },
  {
    name: "line-loading",
    state: "line_loading",
    reach: async (stage) => {
      await stage.shopper.stall(LINE);
      await openRoom(stage);
    },
  },
  {
    name: "line-unreachable",
    state: "line_unreachable",
    reach: async (stage) => {
      await stage.shopper.page.route(LINE, (route) => route.abort());
      await openRoom(stage);
    },
  },
  {
    name: "proof-unreadable",
    state: "unreadable",
    isAnonymous: true,
    reach: ({ shopper }) => shopper.open("/sale/sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD/proof"),
  },
];

export const BEGAN_MS = -60_000;
export const begun = {
  room: (): SaleMode => ({ ...room(), closesAt: inFuture(BEGAN_MS - 120_000) }) as SaleMode,
  draw: (): SaleMode => ({
    kind: "draw",
    closesAt: inFuture(BEGAN_MS - 120_000),
    resultAt: inFuture(BEGAN_MS - 60_000),
    turnSeconds: 86_400,
  }),
};

type Line = Awaited<ReturnType<typeof driveLine>>;
type Drive = (line: Line, buyerId: string) => Promise<unknown>;

/** A line as it is after somebody else has driven it somewhere, and then its page. */
const driven =
  (mode: SaleMode["kind"], drive: Drive, settings: object = {}): Scene["reach"] =>
  async ({ cloud, shopper, buyer }) => {
    const about = {
      name: "Meridian turntable",
      description: "Belt drive, walnut plinth, one run of a thousand.",
    };
    const of = mode === "draw" ? begun.draw() : begun.room();
    const startsAt = inFuture(BEGAN_MS);
    const saleId = await newSale(cloud, {
      ...about,
      allocated: 40,
      purchaseLimit: 3,
      startsAt,
      mode: of,
      ...settings,
    });
    const line = await driveLine(cloud, saleId);
    try {
      await drive(line, buyer.buyerId);
    } finally {
      line.stop();
    }
    await shopper.open(`/sale/${saleId}`);
  };

export const crowdOf = async (line: Line, people: number): Promise<void> => {
  for (let i = 0; i < people; i++) await line.join(newBuyerId(Date.now()));
};

/** What comes after the list has closed, and what is told of lanes. */
const drivenScenes: readonly Scene[] = [
  {
    name: "line-checked-later",
    state: "line_joined",
    reach: driven("waiting_room", (line, me) => line.join(me, "network")),
  },
  {
    name: "line-lane-undone",
    state: "line_joined",
    reach: driven("waiting_room", async (line, me) => {
      await line.join(me, "network");
      await line.undo("network");
    }),
  },
  {
    name: "line-read",
    state: "line_joined",
    reach: driven("waiting_room", async (line, me) => {
      await line.join(me);
      await line.open();
      await line.add({ kind: "closing", list: 0 });
    }),
  },
  {
    name: "line-late",
    state: "line_late",
    reach: driven("waiting_room", async (line, me) => {
      await line.join(me);
      await line.close();
    }),
  },
  {
    name: "line-waiting",
    state: "line_waiting",
    reach: driven("waiting_room", async (line, me) => {
      await crowdOf(line, 30);
      await line.join(me, "network");
      await line.draw();
      await line.letIn(10);
    }),
  },
  {
    name: "line-waiting-paused",
    state: "line_waiting",
    reach: driven("waiting_room", async (line, me) => {
      await crowdOf(line, 30);
      await line.join(me, "no_puzzle");
      await line.draw();
      await line.letIn(10);
      const message = "Back in five minutes.";
      const pace = { admissionsPerSecond: 10, mostInside: 500, isPaused: true, message };
      await line.add({ kind: "settings", ...pace, role: "operator" });
    }),
  },
  {
    name: "line-soon",
    state: "line_soon",
    reach: driven("waiting_room", async (line, me) => {
      await line.join(me);
      await line.draw();
      await line.letIn(1, HOUR_MS);
    }),
  },
  {
    name: "line-turn",
    state: "line_turn",
    reach: driven("waiting_room", async (line, me) => {
      await crowdOf(line, 3);
      await line.join(me, null, 2);
      await line.draw();
      await line.letIn(4);
    }),
  },
  {
    name: "line-lapsed",
    state: "line_lapsed",
    reach: driven("waiting_room", async (line, me) => {
      await line.join(me);
      await line.draw();
      await line.letIn(1);
      await line.lapse();
    }),
  },
  {
    name: "line-withdrawn",
    state: "line_withdrawn",
    reach: async (stage) => {
      await driven("waiting_room", async (line, me) => {
        await crowdOf(line, 3);
        await line.join(me);
        await line.draw();
      })(stage);
      await stage.shopper.state("line_waiting");
      await stage.shopper.part("leave").click();
      await stage.shopper.part("leave").click();
    },
  },
  {
    name: "line-drawn",
    state: "line_drawn",
    reach: driven(
      "draw",
      async (line, me) => {
        await crowdOf(line, 30);
        await line.join(me, null, 2);
        await line.draw();
      },
      { startsAt: inFuture(2 * HOUR_MS) },
    ),
  },
  {
    name: "line-won",
    state: "line_won",
    reach: driven("draw", async (line, me) => {
      await crowdOf(line, 3);
      await line.join(me, null, 2);
      await line.draw();
      await line.letIn(4);
    }),
  },
  {
    name: "line-not-selected",
    state: "line_passed_over",
    reach: driven(
      "draw",
      async (line, me) => {
        await crowdOf(line, 30);
        await line.join(me, "no_puzzle", 3);
        await line.draw();
        await line.letIn(0);
      },
      { allocated: 2 },
    ),
  },
  {
    name: "line-closed-draw",
    state: "line_closed",
    reach: driven("draw", async (line) => {
      await crowdOf(line, 3);
      await line.draw();
    }),
  },
  {
    name: "line-closed",
    state: "line_closed",
    reach: driven("waiting_room", async (line) => {
      await crowdOf(line, 3);
      await line.draw();
      await line.add({ kind: "joining", isOpen: false, role: "operator" });
    }),
  },
  {
    name: "line-over-sold-out",
    state: "line_sold_out",
    reach: driven("waiting_room", async (line, me) => {
      await line.join(me);
      await line.draw();
      await line.add({ kind: "end", reason: "sold_out" });
    }),
  },
  {
    name: "line-over",
    state: "line_over",
    reach: driven("waiting_room", async (line, me) => {
      await line.join(me);
      await line.draw();
      await line.add({ kind: "end", reason: "ended" });
    }),
  },
  {
    name: "line-over-had-turn",
    state: "line_sold_out",
    reach: driven("waiting_room", async (line, me) => {
      await line.join(me);
      await line.draw();
      await line.letIn(1);
      await line.lapse();
      await line.add({ kind: "end", reason: "sold_out" });
    }),
  },
];

export const lineScenes: readonly Scene[] = [...joiningScenes, ...drivenScenes];
