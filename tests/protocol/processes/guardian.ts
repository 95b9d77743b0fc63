import type { OrderId } from "../../../core/ids.ts";
import { planRebuild } from "../../../core/guardian/plan-rebuild.ts";
import { type Ending, goOnAs, Unanswered, type Work } from "../engine/process.ts";
import type { Rules } from "../rules.ts";
import { type Filling, fillingOf } from "../stores/gate-recovery.ts";
import { gate } from "../stores/gate-operations.ts";
import { ordersOf } from "../stores/gate.ts";
import { ledger } from "../stores/ledger.ts";
import { type FoundSale, postgres } from "../stores/postgres-operations.ts";
import { record, recordOf } from "../stores/sale-record.ts";
import { time } from "../stores/time.ts";
import { watches } from "./watches.ts";

export type GuardianArgs = {
  readonly id: string;
  readonly fence: number;
  readonly recoveries: number;
  /** Nobody takes over from it. */
  readonly isLast: boolean;
};
function* guardian(args: GuardianArgs): Work<Ending> {
  yield* watches.needsRecovery(null);
  return goOnAs("recover", { ...args, recoveries: args.recoveries + 1 });
}

type Planned = GuardianArgs & {
  readonly recoveryId: string;
  readonly filling: Filling;
  readonly sale: FoundSale;
};

/** `recover`, whenever the gate needs it; a recovery that fails is begun again as another one. */
export const guardianRoles = (rules: Rules, isAdministered: boolean) => {
  function* recover(args: GuardianArgs): Work<Ending> {
    const recoveryId = `${args.id}/${args.recoveries}`;
    const { fence } = args;
    const begun = yield* gate.begin({ fence, recoveryId });
    if (begun.kind !== "begun") return fenced(args);
    yield* drain(rules, begun);
    const row = yield* postgres.beginEpoch({ fence });
    if (row === "fenced") return fenced(args);
    return goOnAs("plan", { ...args, recoveryId, epoch: row.epoch, servedEpoch: row.servedEpoch });
  }

  function* plan({
    epoch,
    servedEpoch,
    ...args
  }: GuardianArgs & {
    readonly recoveryId: string;
    readonly epoch: number;
    readonly servedEpoch: number;
  }): Work<Ending> {
    const sale = yield* postgres.findSale(null);
    if (rules("the epoch is in the record first")) yield* record.put(recordOf(sale));
    const rows = yield* postgres.decidedOrders(null);
    const entries = yield* ledger.ofSale(null);
    const { allocated, purchaseLimit } = sale.settings;
    const states = new Map(Object.entries(rows).map(([id, state]) => [id as OrderId, state] as const));
    const made = planRebuild({ entries, rows: states, servedEpoch, allocated, purchaseLimit });
    return goOnAs("open", {
      ...args,
      filling: fillingOf(made, epoch),
      sale: rules("settings are read under the lock") ? null : sale,
      record: rules("the epoch is in the record first") ? null : recordOf(sale),
    });
  }

  function* open({
    filling,
    sale,
    record: copy,
    ...args
  }: Planned & { readonly record: FoundSale | null }): Work<Ending> {
    const { id, fence, recoveryId } = args;
    const { epoch } = filling;
    const orderIds = filling.unsettled.map(({ orderId }) => orderId);
    if (rules("counted entries are marked") && orderIds.length > 0) yield* ledger.mark({ orderIds, epoch });
    if ((yield* postgres.serveEpoch({ epoch, fence })) === "fenced") return fenced(args);
    if ((yield* gate.refill({ fence, recoveryId, filling })) !== "added")
      return goOnAs("guardian", restOf(args));
    if (!isAdministered) {
      // Nobody changes the settings in this story, so nobody waits for the row.
      const present = yield* postgres.findSale(null);
      if (present.epoch !== epoch) return goOnAs("guardian", restOf(args));
      yield* gate.resume({
        fence,
        recoveryId,
        filling,
        settings: present.settings,
        revision: present.revision,
      });
      return goOnAs("guardian", restOf(args));
    }
    const by = id;
    const row = yield* postgres.lock({ by });
    const isOurs = row.epoch === epoch && (row.fence === fence || !rules("PostgreSQL knows the fence"));
    if (!isOurs) {
      yield* postgres.release({ by });
      return goOnAs("guardian", restOf(args));
    }
    const { settings, revision } = sale ?? row;
    yield* gate.resume({ fence, recoveryId, filling, settings, revision });
    yield* postgres.release({ by });
    if (copy) yield* record.put(copy);
    return goOnAs("guardian", restOf(args));
  }

  return { guardian, recover: again(recover), plan: again(plan), open: again(open) };
};

/** A look that fails is tried again at the next turn; a recovery begun anew has another id. */
const again = <Args extends GuardianArgs>(work: (args: Args) => Work<Ending>) =>
  function* tried(args: Args): Work<Ending> {
    try {
      return yield* work(args);
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      return goOnAs("guardian", restOf(args));
    }
  };

/** An earlier guardian has lost its lease for good; the last one looks again. */
const fenced = (args: GuardianArgs): Ending => (args.isLast ? goOnAs("guardian", restOf(args)) : {});

const restOf = ({ id, fence, recoveries, isLast }: GuardianArgs): GuardianArgs => ({
  id,
  fence,
  recoveries,
  isLast,
});

type Begun = { readonly wasAlive: boolean; readonly isSameLife: boolean; readonly drain?: number };

/** Waits out purchases under way, unless the gate was alive and whole, and the ledger has all that it counts. */
function* drain(rules: Rules, { wasAlive, isSameLife, drain: number = 0 }: Begun): Work<void> {
  if (!rules("the gate drains")) return;
  const relays = rules("the outbox is relayed first");
  if (isSameLife && relays) yield* relayOutbox();
  if (wasAlive && (!relays || (yield* hasAllOrders()))) return;
  yield* time.endDrain({ drain: number });
}

function* relayOutbox(): Work<void> {
  const { keys } = yield* gate.inspect(null);
  for (const reservation of Object.values(keys?.outbox ?? {})) yield* ledger.put(reservation);
}

/** Whether the ledger has all that a closed gate counts. */
function* hasAllOrders(): Work<boolean> {
  const { keys } = yield* gate.inspect(null);
  const known = new Set((yield* ledger.ofSale(null)).map(({ reservation }) => reservation.orderId));
  const orders = keys === null ? [] : ordersOf(keys);
  return orders.every(({ orderId, unitsLeft }) => unitsLeft === 0 || known.has(orderId));
}
