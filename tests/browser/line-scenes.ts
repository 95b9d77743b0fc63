import { callApi } from "../../local/call-api.ts";
import { localSession } from "../../load/local-session.ts";
import type { SaleMode } from "../../core/contract/sale-mode.ts";
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

/** What the page of a sale says of its line before chance has come; what comes after takes minutes, and has a test of its own. */
export const lineScenes: readonly Scene[] = [
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
