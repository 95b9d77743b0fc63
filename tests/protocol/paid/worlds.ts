import type { Actor, World } from "../engine/world.ts";
import { paidLaws, paidLawsAtRest } from "./laws.ts";
import { paidOperations } from "./operations.ts";
import { paidRoles } from "./processes.ts";
import { emptyPostgres, type Gate, heldLedger, type Ledger, openGate, willingProvider } from "./stores.ts";
import type { Rules } from "../rules.ts";
import type { StoryWorld } from "../worlds/story-world.ts";

const actor = (name: string, is: Actor["is"], role: string): Actor => ({ name, is, role, args: null });

const buyer = actor("the buyer", "mortal", "shopper");
const providersMessage = actor("the provider's message", "mortal", "back");
const lasting = [
  actor("the payment worker", "lasting", "worker"),
  actor("the consumer", "lasting", "consumer"),
  actor("somebody else", "lasting", "somebodyElse"),
  actor("the guardian", "patient", "expirer"),
  actor("the completer", "patient", "completer"),
];
const time = actor("the gate's clock", "lasting", "time");
const redis = actor("Redis", "mortal", "loseRedis");
const recovery = actor("the recovering guardian", "lasting", "guardian");
const reconciliation = actor("the reconciliation", "patient", "mender");

type Beginning = {
  readonly actors: readonly Actor[];
  readonly faults?: number;
  readonly isBankWilling?: boolean;
  readonly ledger?: Ledger;
  readonly gate?: Gate;
};

const paidWorld = (rules: Rules, beginning: Beginning): World => ({
  stores: {
    gate: beginning.gate ?? openGate,
    ledger: beginning.ledger ?? heldLedger,
    record: { epoch: 1 },
    postgres: emptyPostgres,
    queue: [],
    tasks: [],
    provider: { ...willingProvider, isBankWilling: beginning.isBankWilling ?? true },
  },
  operations: paidOperations(rules),
  roles: paidRoles(rules),
  actors: beginning.actors,
  faults: beginning.faults ?? 0,
  laws: paidLaws,
  restLaws: paidLawsAtRest,
});

const paying: StoryWorld = {
  name: "a hold is paid for, expires and is given up at once",
  about:
    "The only unit is held for A, who opens a payment, pays, and gives the hold up in another tab, while its time goes by; somebody else takes the unit as soon as it is on sale; a call goes unanswered.",
  without: [
    { rule: "held has one door", breaks: "the unit is sold once" },
    { rule: "units of a hold are given back last", breaks: "the unit is sold once" },
  ],
  build: (rules) =>
    paidWorld(rules, {
      actors: [buyer, providersMessage, actor("the buyer's other tab", "mortal", "giveUp"), time, ...lasting],
      faults: 1,
    }),
};

const capturing: StoryWorld = {
  name: "the bank hands over nothing in the end",
  about:
    "A's hold is paid for in the moment in which its time is over, and the bank refuses the money when it is to be taken.",
  without: [],
  build: (rules) =>
    paidWorld(rules, {
      actors: [buyer, providersMessage, time, ...lasting],
      isBankWilling: false,
      faults: 1,
    }),
};

const payingThroughALoss: StoryWorld = {
  name: "a hold is paid for while Redis is lost",
  about: "The only unit is held for A, who pays; its time goes by, and Redis is lost and rebuilt on the way.",
  without: [{ rule: "held has one door", breaks: "the unit is sold once" }],
  build: (rules) => paidWorld(rules, { actors: [buyer, time, redis, recovery, reconciliation, ...lasting] }),
};

const ghostHold: StoryWorld = {
  name: "a hold comes into the ledger when its gate is gone",
  about:
    "A's purchase was frozen with its hold in the gate alone. Redis was lost and is rebuilt, the purchase goes on, and A pays as soon as they are told that it is theirs.",
  without: [{ rule: "only a counted hold is payable", breaks: "who paid for a hold has it" }],
  build: (rules) =>
    paidWorld(rules, {
      ledger: { ...heldLedger, entry: null },
      gate: { ...openGate, is: "lost", order: "none" },
      actors: [actor("A's purchase", "mortal", "latePurchase"), recovery, reconciliation, ...lasting],
    }),
};

/** Worlds with more states than can be visited: they are walked at random. */
export const paidWorlds = {
  paying,
  capturing,
  "paying-through-a-loss": payingThroughALoss,
  "ghost-hold": ghostHold,
} as const satisfies Readonly<Record<string, StoryWorld>>;
