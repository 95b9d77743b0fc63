import {
  askedFirst,
  changeSale,
  REVISIONS_A_CHANGE,
  type SaleChange,
} from "../../../core/sale/change-sale.ts";
import type { Sale } from "../../../core/sale/sale.ts";
import type { SaleId } from "../../../core/ids.ts";
import { type Ending, goOnAs, Unanswered, type Work } from "../engine/process.ts";
import { canonical } from "../engine/value.ts";
import type { Rules } from "../rules.ts";
import type { Settings, When } from "../stores/gate.ts";
import { gate } from "../stores/gate-operations.ts";
import { type FoundSale, postgres } from "../stores/postgres-operations.ts";
import { record, recordOf } from "../stores/sale-record.ts";

export type ChangeArgs = { readonly id: string; readonly change: SaleChange };

/** A sale with what the models leave out. */
export const saleOf = ({ settings, revision, epoch, isClosed }: FoundSale): Sale => ({
  ...settings,
  saleId: "sale" as SaleId,
  name: "",
  description: "",
  translations: {},
  priceMinor: 0,
  currency: "EUR",
  attemptLimit: 10_000,
  mode: { kind: "open" },
  payment: { kind: "none" },
  withdrawal: { kind: "days", days: 14, returnsGo: "on_sale" },
  guests: { kind: "everybody" },
  guestList: { id: "", edition: 0 },
  picture: null,
  faces: [],
  visibility: "listed",
  revision,
  epoch,
  closedAtMs: isClosed ? 0 : null,
  archive: null,
});

const settingsIn = ({ state, allocated, purchaseLimit, startsAtMs, endsAtMs }: Sale): Settings => ({
  state,
  allocated,
  purchaseLimit,
  startsAtMs,
  endsAtMs,
});

/** `updateSale`. What it tells, about its revision, is whether the change is in force. */
export const changeRole = (rules: Rules, hasCopies: boolean) =>
  function* change({ id, change: asked }: ChangeArgs): Work<Ending> {
    const given = rules("a revision is given once")
      ? yield* postgres.giveRevision({ count: REVISIONS_A_CHANGE })
      : null;
    const row = yield* postgres.lock({ by: id });
    const revision = given ?? row.revision + REVISIONS_A_CHANGE;
    if (row.revision > revision - REVISIONS_A_CHANGE) {
      yield* postgres.release({ by: id });
      return goOnAs("change", { id, change: asked });
    }
    const changed = changeSale(saleOf(row), asked, revision, 0);
    const isAgreed = changed.kind !== "conflict" && (yield* agreed(rules, id, row, changed));
    if (changed.kind === "conflict" || !isAgreed) {
      yield* postgres.release({ by: id });
      return {};
    }
    if (changed.kind === "unchanged") {
      yield* postgres.release({ by: id });
      return yield* putInForce(rules, hasCopies, recordOf(row));
    }
    const next = { settings: settingsIn(changed.sale), revision: changed.sale.revision, isClosed: false };
    if ((yield* postgres.store({ by: id, sale: next })) === "aborted") return {};
    return yield* putInForce(rules, hasCopies, { ...next, epoch: row.epoch });
  };

type Changed = Exclude<ReturnType<typeof changeSale>, { readonly kind: "conflict" }>;

/** Whether the gate agrees, if it is asked. Without an answer nothing is changed. */
function* agreed(rules: Rules, by: string, row: FoundSale, changed: Changed): Work<boolean> {
  if (changed.kind === "unchanged") return true;
  const { onlyBeforeOpening, sale } = changed;
  if (onlyBeforeOpening === null && sale.allocated >= row.settings.allocated) return true;
  const when: When = onlyBeforeOpening === null ? "first" : "before_opening";
  const first = rules("the gate is asked first only for less") ? askedFirst(changed) : sale;
  const [settings, revision] = [settingsIn(first), first.revision];
  try {
    return (yield* gate.configure({ settings, revision, when })).kind === "configured";
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    yield* postgres.release({ by });
    throw error;
  }
}

function* putInForce(rules: Rules, hasCopies: boolean, sale: ReturnType<typeof recordOf>): Work<Ending> {
  const { settings, revision } = sale;
  // Both at once in the product: nobody is told before both.
  const { kind } = yield* gate.configure({ settings, revision, when: "committed" });
  // A later change has come to the gate, or one that never was committed.
  const isInForce =
    kind === "stale" ? yield* syncSettings(rules) : kind !== "conflict" && kind !== "below_taken";
  if (hasCopies) yield* record.put(sale);
  if (!isInForce) return {};
  return { statements: [{ about: settings.state, word: "in force" }] };
}

/**
 * `syncSettings`: what PostgreSQL has, under a revision above any that a late command may bear.
 *
 * @returns whether the gate has it now, or will have it once it opens.
 */
export function* syncSettings(rules: Rules): Work<boolean> {
  const present = yield* postgres.findSale(null);
  const { keys } = yield* gate.inspect(null);
  if (keys === null) return true;
  const isSame = canonical(keys.settings) === canonical(present.settings);
  if (isSame && keys.revision === present.revision) return true;
  const revision = yield* postgres.giveRevision({ count: 1 });
  const sale = yield* postgres.renumber({ revision });
  if (!sale) return !rules("in force is what the gate says");
  const { kind } = yield* gate.configure({ settings: sale.settings, revision, when: "committed" });
  return !rules("in force is what the gate says") || inForce.includes(kind);
}
const inForce: readonly string[] = ["configured", "recovering", "lost"];
