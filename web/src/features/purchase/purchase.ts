import { api } from "../api/api.ts";
import type { BuyerId, SaleId } from "../api/contract.ts";
import type { IntentStore } from "./intent-store.ts";
import { newKey } from "./new-key.ts";
import type { Effect, PurchaseEvent } from "./purchase-event.ts";
import { reduce } from "./purchase-machine.ts";
import { type Intent, type PurchaseState, isUncounted, isUnderWay, stateOfKept } from "./purchase-state.ts";
import { createTabs } from "./tabs.ts";

/** Signed for this buyer: of their entry in the line, and that they are a guest, where the sale has the one or the other. */
export type BroughtAlong = { ticket: string | null; invitation: string | null };

export type Purchase = {
  state: () => PurchaseState;
  /** False until it is known whether this buyer has an order here, or for a second at most. */
  isLookedUp: () => boolean;
  buy: (quantity: number, along: BroughtAlong) => void;
  stop: () => void;
  close: () => void;
};

type Surroundings = {
  saleId: SaleId;
  buyerId: BuyerId;
  store: IntentStore;
  serverMs: () => number;
  refreshSale: () => void;
  onChange: () => void;
};

/** Nobody waits longer than this for the look-up of earlier orders before Buy is offered. */
const LOOK_UP_LIMIT_MS = 1_000;
const LOOK_UP_AGAIN_MS = 3_000;

/** Runs the purchase machine: carries out its effects and feeds it what came of them. */
export function createPurchase({ saleId, buyerId, store, ...outside }: Surroundings): Purchase {
  const kept = store.load(saleId, buyerId);
  let state: PurchaseState = kept ? stateOfKept(kept) : { kind: "idle" };
  let isLookedUp = kept !== null;
  /** Counts changes of state: what a request or a timer of an earlier state brings home is no longer wanted. */
  let turn = 0;

  const tabs = createTabs(`flash-sale.${saleId}.${buyerId}`, {
    onState: (mirrored) => {
      dispatch({ kind: "mirrored", state: mirrored });
      if (isUnderWay(mirrored)) tabs.leadNext();
      if (isUncounted(mirrored)) void findOrders();
    },
    onAsked: () => tabs.tell(state),
    onLead: () => {
      const intent = store.load(saleId, buyerId);
      if (intent) return dispatch({ kind: "resumed", intent });
      tabs.stepDown();
      if (isUnderWay(state)) dispatch({ kind: "mirrored", state: { kind: "idle" } });
      void findOrders();
    },
  });

  function dispatch(event: PurchaseEvent): void {
    const step = reduce(state, event);
    if (step.state === state) return;
    state = step.state;
    turn += 1;
    for (const effect of step.effects) run(effect);
    if (event.kind !== "mirrored" && tabs.isLeading()) {
      tabs.tell(state);
      if (!isUnderWay(state)) tabs.stepDown();
    }
    outside.onChange();
  }

  function run(effect: Effect): void {
    switch (effect.kind) {
      case "save_intent":
        return store.save(effect.intent);
      case "clear_intent":
        return store.clear(saleId, buyerId);
      case "send":
        return void ifStillWanted(api.purchase(effect.intent), (reply) => {
          if (reply.kind === "ok") return { kind: "answered", answer: reply.value };
          return reply.kind === "refused"
            ? { kind: "refused", problem: reply.problem, serverMs: outside.serverMs(), random: Math.random() }
            : { kind: "unanswered", isOnline: navigator.onLine, random: Math.random() };
        });
      case "wait":
        return void ifStillWanted(after(effect.waitMs), () => ({ kind: "wait_over" }));
      case "look_at_order":
        return void lookAtOrder(effect);
      case "find_orders":
        return void findOrders();
      case "refresh_sale":
        return outside.refreshSale();
    }
  }

  async function ifStillWanted<T>(work: Promise<T>, toEvent: (result: T) => PurchaseEvent): Promise<void> {
    const begunIn = turn;
    const result = await work;
    if (begunIn === turn) dispatch(toEvent(result));
  }

  const lookAtOrder = ({ orderId, afterMs }: Extract<Effect, { kind: "look_at_order" }>) =>
    ifStillWanted(
      after(afterMs).then(() => api.order(orderId)),
      (reply) =>
        reply.kind === "ok"
          ? { kind: "order_seen", order: reply.value }
          : {
              kind: "order_unseen",
              isSignedOut: reply.kind === "refused" && reply.problem.kind === "unauthenticated",
            },
    );

  async function findOrders(): Promise<void> {
    const begunIn = turn;
    const reply = await api.myOrders(saleId);
    isLookedUp = true;
    if (begunIn !== turn) return;
    if (reply.kind === "ok") dispatch({ kind: "orders_found", orders: reply.value.orders });
    else if (reply.kind === "no_answer" || reply.problem.kind !== "unauthenticated") {
      await after(LOOK_UP_AGAIN_MS);
      if (begunIn === turn) await findOrders();
    }
    outside.onChange();
  }

  const newIntent = (quantity: number, { ticket, invitation }: BroughtAlong): Intent => ({
    key: newKey(),
    saleId,
    buyerId,
    quantity,
    ...(ticket !== null && { ticket }),
    ...(invitation !== null && { invitation }),
    isDoubtful: false,
    unitsBefore: state.kind === "settled" ? (state.unitsHeld ?? 0) : 0,
  });

  const cameOnline = () => tabs.isLeading() && dispatch({ kind: "came_online" });
  window.addEventListener("online", cameOnline);

  if (kept) tabs.leadNext();
  else {
    void findOrders();
    void after(LOOK_UP_LIMIT_MS).then(() => {
      isLookedUp = true;
      outside.onChange();
    });
  }

  return {
    state: () => state,
    isLookedUp: () => isLookedUp,
    buy: (quantity, along) => {
      void tabs.tryToLead().then((isLeading) => {
        if (!isLeading) return tabs.leadNext();
        const intent = store.load(saleId, buyerId);
        dispatch(
          intent ? { kind: "resumed", intent } : { kind: "bought", intent: newIntent(quantity, along) },
        );
      });
    },
    stop: () => dispatch({ kind: "stopped" }),
    close: () => {
      turn += 1;
      tabs.close();
      window.removeEventListener("online", cameOnline);
    },
  };
}

const after = (waitMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, waitMs));
