import type { LineView, Receipt, SaleId } from "../api/contract.ts";
import { canHash } from "./entry-hash.ts";
import { hasOwnLeaf, isReceiptRight, leadsThrough } from "./fairness-files.ts";
import type { LineStore } from "./line-store.ts";
import { type Alarm, alarmsOf, withRoots } from "./seen-line.ts";

/** Everybody looks for their leaf once its list is there; not in the same second. */
const LEAF_SPREAD_MS = 5_000;
/** How often the log of now is asked whether it leads through the one that was seen. */
const LOG_CHECK_MS = 60_000;
/** A cached copy may be older for a moment. A log that is shorter for so long was cut. */
const OLDER_COPY_MS = 60_000;

export type Guard = {
  look: (view: LineView, receipt: Receipt | null) => void;
  alarms: () => readonly Alarm[];
  isLeafSeen: (receipt: Receipt | null) => boolean;
};

type Surroundings = {
  readonly saleId: SaleId;
  readonly store: LineStore;
  readonly onChange: () => void;
  /** The entry stands in lane 0: an operator undid that it is checked later, after the receipt was made. */
  readonly onUndone: () => void;
};

/**
 * Watches that nobody changes the line behind the buyer's back: keeps the roots and the log's last hash, and looks for the
 * buyer's own leaf in the published list, before its round. What cannot be looked up raises no alarm.
 */
export function guardLine({ saleId, store, onChange, onUndone }: Surroundings): Guard {
  const alarms = new Set<Alarm>();
  const seenLeaves = new Set<string>();
  const looked = new Set<string>();
  let logCheckedAtMs = -LOG_CHECK_MS * Math.random();
  let isFirstLook = true;
  let mostLines = 0;
  /** Null: the last look did not see a log shorter than before. */
  let shorterSinceMs: number | null = null;

  function shout(alarm: Alarm): void {
    if (alarms.has(alarm)) return;
    alarms.add(alarm);
    onChange();
  }

  async function lookForLeaf(receipt: Receipt, entries: number): Promise<void> {
    looked.add(receipt.leaf);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * LEAF_SPREAD_MS));
    try {
      if (!(await isReceiptRight(receipt))) return shout("receipt_wrong");
      if (!(await hasOwnLeaf(receipt, entries))) {
        const isUndone = receipt.lane === 1 && (await hasOwnLeaf({ ...receipt, lane: 0 }, entries));
        return isUndone ? onUndone() : shout("left_out");
      }
      seenLeaves.add(receipt.leaf);
      onChange();
    } catch {
      // It did not come: the next look tries again.
      looked.delete(receipt.leaf);
    }
  }

  function watchLength({ log }: LineView): void {
    const isShorter = log.lines < Math.max(mostLines, store.seen().log?.lines ?? 0);
    mostLines = Math.max(mostLines, log.lines);
    const nowMs = performance.now();
    shorterSinceMs = isShorter ? (shorterSinceMs ?? nowMs) : null;
    if (shorterSinceMs !== null && nowMs - shorterSinceMs >= OLDER_COPY_MS) shout("log_changed");
  }

  /** The kept hash moves on only once the log of now leads through it. */
  async function followLog({ log }: LineView): Promise<void> {
    const seen = store.seen();
    try {
      if (seen.log && log.lines > seen.log.lines && !(await leadsThrough(saleId, seen.log)))
        return shout("log_changed");
      if (!seen.log || log.lines > seen.log.lines) store.saveSeen({ ...store.seen(), log });
    } catch {
      // It did not come, and says nothing.
    }
  }

  return {
    look: (view, receipt) => {
      const seen = store.seen();
      for (const alarm of alarmsOf(seen, view)) shout(alarm);
      watchLength(view);
      const now = withRoots(seen, view);
      if (now !== seen) store.saveSeen(now);
      if (!canHash()) return;
      const list = receipt && view.lists.find((known) => known.list === receipt.list);
      if (receipt && list?.root && !looked.has(receipt.leaf))
        void lookForLeaf(receipt, (list.lane0 ?? 0) + (list.lane1 ?? 0));
      if (!isFirstLook && performance.now() - logCheckedAtMs < LOG_CHECK_MS) return;
      isFirstLook = false;
      logCheckedAtMs = performance.now();
      void followLog(view);
    },
    alarms: () => [...alarms],
    isLeafSeen: (receipt) => receipt !== null && seenLeaves.has(receipt.leaf),
  };
}
