import { dueMinor, refundedMinor } from "../../../core/reservation/refunds.ts";
import type { Actor, Law, World } from "../engine/world.ts";
import type { Rules } from "../rules.ts";
import type { StoryWorld } from "../worlds/story-world.ts";
import { refundOperations } from "./operations.ts";
import { refundRoles } from "./processes.ts";
import {
  confirmedOrder,
  givenMinor,
  type History,
  PRICE_MINOR,
  type Provider,
  type Queue,
  stateIn,
} from "./stores.ts";

const actor = (name: string, is: Actor["is"], role: string): Actor => ({ name, is, role, args: null });

/** A wish that one unit comes back. */
const wishOf = (wishId: string) => ({
  kind: "wish" as const,
  wish: { wishId, units: 1, isWithheld: false, reason: "too many", actorId: "A" },
});
const bothWishes: Queue = { "wish-1": wishOf("wish-1"), "wish-2": wishOf("wish-2") };

const ourMinor = ({ refunds }: Provider): number =>
  givenMinor({ refunds: refunds.filter(({ key }) => key !== null) });

const once: Law = {
  name: "no more goes back than units came back",
  on: ["records", "provider"],
  broken: (records: History, provider: Provider) => {
    const cameBack = PRICE_MINOR * (2 - stateIn(records).unitsLeft);
    return ourMinor(provider) > cameBack
      ? `units of ${cameBack} came back, and we gave ${ourMinor(provider)}`
      : null;
  },
};

const sameSums: Law = {
  name: "records and provider say the same",
  on: ["records", "provider"],
  broken: (records: History, provider: Provider) => {
    const state = stateIn(records);
    if (dueMinor(state) > 0) return `${dueMinor(state)} are due, and nobody gives them back`;
    const [known, given] = [refundedMinor(state), givenMinor(provider)];
    return known === given ? null : `${given} went back, and the records say ${known}`;
  },
};

/** Whatever was given back, and by whom: the money of both units went back, so nothing is owed of the order any more. */
const allWentBack: Law = {
  name: "an order without units and money is refunded",
  on: ["records", "provider"],
  broken: (records: History, provider: Provider) => {
    const { kind, unitsLeft } = stateIn(records);
    const isOver = unitsLeft === 0 && givenMinor(provider) === 2 * PRICE_MINOR;
    return isOver && kind !== "refunded" ? `all of it went back, and the order is ${kind}` : null;
  },
};

const sameLedger: Law = {
  name: "ledger and records say the same of every refund",
  on: ["records", "ledger"],
  broken: (records: History, ledger: History) => {
    const [inRecords, inLedger] = [records, ledger].map((history) =>
      (stateIn(history).refunds ?? []).map(({ refundId, state }) => `${refundId} is ${state}`).join(),
    );
    return inRecords === inLedger ? null : `in the records ${inRecords}, in the ledger ${inLedger}`;
  },
};

const refundWorld = (rules: Rules, actors: readonly Actor[], faults: number): World => ({
  stores: {
    records: confirmedOrder,
    ledger: confirmedOrder,
    queue: bothWishes,
    tasks: false,
    provider: { refunds: [] } satisfies Provider,
  },
  operations: refundOperations(rules),
  roles: refundRoles(rules),
  actors: [
    actor("the consumer", "lasting", "consumer"),
    actor("the payment worker", "lasting", "worker"),
    ...actors,
    actor("the completer", "patient", "completer"),
  ],
  faults,
  unanswered: ["provider"],
  laws: [once],
  restLaws: [sameSums, allWentBack, sameLedger],
});

const message = actor("the provider's message", "mortal", "hint");
const merchant = actor("the merchant", "mortal", "merchant");

export const givingBackTwice: StoryWorld = {
  name: "an order is returned and refunded twice, in part",
  about:
    "A has paid for two units and gives one back, then the other; the provider's message comes at any time, and one of its calls goes unanswered.",
  without: [{ rule: "a refund has one key", breaks: "no more goes back than units came back" }],
  build: (rules) => refundWorld(rules, [message], 1),
};

export const refundedElsewhere: StoryWorld = {
  name: "the merchant gives money back at the provider's own console",
  about:
    "The same, and the merchant gives the price of one unit back there, at any time, also while a call goes unanswered.",
  without: [
    { rule: "what went back elsewhere is told", breaks: "records and provider say the same" },
    { rule: "what is given late is told", breaks: "records and provider say the same" },
  ],
  build: (rules) => refundWorld(rules, [merchant], 1),
};

export const paidOtherwise: StoryWorld = {
  name: "a refund fails, an operator pays it another way, and the failure is told twice",
  about:
    "The provider gives nothing back for one unit; an operator sees it and pays by hand. Two consumers have the same messages, and each may be slow.",
  without: [
    {
      rule: "what was paid another way does not fail again",
      breaks: "ledger and records say the same of every refund",
    },
  ],
  build: (rules) => {
    const another = actor("another consumer", "lasting", "consumer");
    const operator = actor("the operator", "mortal", "operator");
    const world = refundWorld(rules, [another, operator], 0);
    const { "wish-1": wish } = bothWishes;
    return {
      ...world,
      stores: {
        ...world.stores,
        queue: { "wish-1": wish },
        provider: { refunds: [], isRefusing: true } satisfies Provider,
      },
    };
  },
};
