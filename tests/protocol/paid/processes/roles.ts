import type { Ending, Roles, Work } from "../../engine/process.ts";
import type { Rules } from "../../rules.ts";
import { gate } from "../stores/gate.ts";
import { back, create, giveUp, latePurchase, pay, shopper, unwritten } from "./buyer.ts";
import { consumer, take, tellOthers } from "./consumer.ts";
import { expirer, mender, recovery, resender } from "./guardian.ts";
import { carrier, completer, doTask, staff, worker } from "./payments.ts";

/** Everybody who can be in a story about a payment. */
export const paidRoles = (rules: Rules): Roles => ({
  shopper: shopper(rules),
  create: create(rules),
  unwritten,
  pay,
  back: back(rules),
  giveUp: giveUp(rules),
  latePurchase,
  worker,
  doTask: doTask(rules),
  completer: completer(rules),
  consumer,
  take: take(rules),
  tellOthers: tellOthers(rules),
  expirer: expirer(rules),
  recovery: recovery(rules),
  mender,
  resender,
  staff,
  carrier: carrier(rules),
  *time(): Work<Ending> {
    yield* gate.timePasses(null);
  },
  *loseRedis(): Work<Ending> {
    yield* gate.lose(null);
  },
  *somebodyElse(): Work<Ending> {
    yield* gate.takeUnit(null);
  },
});
