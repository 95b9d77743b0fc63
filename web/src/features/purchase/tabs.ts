import { openChannel } from "../page/channel.ts";
import type { PurchaseState } from "./purchase-state.ts";

type Message = { kind: "state"; state: PurchaseState } | { kind: "ask" };

export type Tabs = {
  isLeading: () => boolean;
  /** Takes the lead if no other tab has it. */
  tryToLead: () => Promise<boolean>;
  /** Leads as soon as the tab that leads now is done, closed, or silent. */
  leadNext: () => void;
  stepDown: () => void;
  tell: (state: PurchaseState) => void;
  close: () => void;
};

type Listeners = {
  onState: (state: PurchaseState) => void;
  onAsked: () => void;
  onLead: () => void;
};

/** A leader that does not answer within this is asleep in the background, and loses the lead. */
const PATIENCE_MS = 2_000;

/**
 * Lets one tab of a buyer act for all of them: it holds a Web Lock and tells the others its state.
 *
 * Not a safety device: two leaders would only send the same idempotency key twice. It spares the sale the extra requests
 * and shows the same face everywhere. Without Web Locks (plain http) every tab leads itself.
 */
export function createTabs(name: string, listeners: Listeners): Tabs {
  const channel = openChannel<Message>(name);
  const locks = (navigator as { locks?: LockManager }).locks;
  let release: (() => void) | null = null;

  /** Resolves once it is known whether the lock is ours; holds it until `release`. */
  const take = (options: LockOptions): Promise<boolean> =>
    new Promise((resolve) => {
      let mine: (() => void) | null = null;
      const held = locks?.request(name, options, (lock) => {
        resolve(lock !== null);
        return lock === null ? null : new Promise<void>((done) => (mine = release = done));
      });
      // Rejected when given up while queued, or stolen by a tab that found us silent.
      held?.catch(() => {
        if (mine === release) release = null;
        resolve(false);
      });
    });

  let queued: AbortController | null = null;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const lead = (isOurs: boolean) => {
    queued = null;
    clearTimeout(patience);
    if (isOurs) listeners.onLead();
  };
  const ask = () => {
    channel.say({ kind: "ask" });
    clearTimeout(patience);
    patience = setTimeout(() => {
      queued?.abort();
      void take({ steal: true }).then(lead);
    }, PATIENCE_MS);
  };
  const askAgain = () => {
    if (queued && document.visibilityState === "visible") ask();
  };
  document.addEventListener("visibilitychange", askAgain);

  const tabs: Tabs = {
    isLeading: () => release !== null || locks === undefined,
    tryToLead: async () => tabs.isLeading() || (await take({ ifAvailable: true })),
    leadNext: () => {
      if (locks === undefined) return listeners.onLead();
      if (queued || tabs.isLeading()) return;
      queued = new AbortController();
      void take({ signal: queued.signal }).then((isOurs) => isOurs && lead(true));
      ask();
    },
    stepDown: () => {
      clearTimeout(patience);
      queued?.abort();
      queued = null;
      release?.();
      release = null;
    },
    tell: (state) => channel.say({ kind: "state", state }),
    close: () => {
      tabs.stepDown();
      channel.close();
      document.removeEventListener("visibilitychange", askAgain);
    },
  };

  channel.hear((message) => {
    if (message.kind === "ask") {
      if (tabs.isLeading()) listeners.onAsked();
      return;
    }
    clearTimeout(patience);
    if (!tabs.isLeading()) listeners.onState(message.state);
  });
  return tabs;
}
