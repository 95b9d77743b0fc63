import type { Actor, World } from "../engine/world.ts";
import type { Rules } from "../rules.ts";
import type { StoryWorld } from "../worlds/story-world.ts";
import { inTime, paidLaws, paidLawsAtRest } from "./laws.ts";
import { paidRoles } from "./processes/roles.ts";
import type { Shopper } from "./processes/buyer.ts";
import { paidOperations } from "./stores/operations.ts";
import {
  emptyPostgres,
  emptyProvider,
  type Gate,
  heldLedger,
  type Ledger,
  openGate,
  type Provider,
} from "./stores/stores.ts";

const actor = (name: string, is: Actor["is"], role: string, args: unknown = null): Actor => ({
  name,
  is,
  role,
  args,
});

const firstAttempt: Shopper = { attempt: "1", isLater: false };
const buyer = actor("A", "mortal", "shopper", firstAttempt);
const message = actor("the provider's message", "mortal", "back");
const otherTab = actor("A's other tab", "mortal", "giveUp");
const somebodyElse = actor("somebody else", "lasting", "somebodyElse");
const time = actor("the gate's clock", "lasting", "time");
const redis = actor("Redis", "mortal", "loseRedis");

const worker = actor("the payment worker", "lasting", "worker");
const consumer = actor("the consumer", "lasting", "consumer");
const recovery = actor("the recovering guardian", "lasting", "recovery");
const expirer = actor("the guardian", "patient", "expirer");
const completer = actor("the completer", "patient", "completer");
const reconciliation = actor("the reconciliation", "patient", "mender");
const comparison = actor("the comparison", "patient", "resender");
const staff = actor("staff", "mortal", "staff");
const carrier = actor("whoever goes on with wishes", "patient", "carrier");

/** Those who finish what others began. */
const finishing = [worker, consumer, completer];

type Beginning = {
  readonly actors: readonly Actor[];
  /** Most calls that go unanswered; of these stores, if not of all. */
  readonly faults?: number;
  readonly unanswered?: readonly string[];
  readonly ledger?: Partial<Ledger>;
  readonly gate?: Partial<Gate>;
  readonly provider?: Partial<Provider>;
  /** Nobody is promised a unit whose payment is opened while somebody ends the hold. */
  readonly isOpenedMeanwhile?: boolean;
};

function paidWorld(rules: Rules, beginning: Beginning): World {
  const { actors, faults = 0, unanswered, ledger, gate, provider, isOpenedMeanwhile } = beginning;
  return {
    stores: {
      gate: { ...openGate, ...gate },
      ledger: { ...heldLedger, ...ledger },
      record: { epoch: 1 },
      postgres: emptyPostgres,
      queue: [],
      tasks: [],
      provider: { ...emptyProvider, ...provider },
    },
    operations: paidOperations(rules),
    roles: paidRoles(rules),
    actors,
    faults,
    ...(unanswered && { unanswered }),
    laws: paidLaws,
    restLaws: paidLawsAtRest.filter((law) => !isOpenedMeanwhile || law !== inTime),
  };
}

/** A's page of the provider is open. */
const isOnPage = {
  ledger: { attempts: { "1": "named" }, isListed: true },
  provider: { payments: { "1": { is: "open", isRefunded: false, isInTime: false } } },
} as const;
const payer = actor("A", "mortal", "pay", "1");

export const lastMoment: StoryWorld = {
  name: "a hold is paid for in the instant in which its time is over",
  about:
    "The only unit is held for A, who is on the provider's page and pays before or after their time is over; somebody else takes the unit as soon as it is on sale; a call goes unanswered.",
  without: [
    { rule: "whoever ends a hold asks the provider first", breaks: "who pays while the hold stands has it" },
  ],
  build: (rules) =>
    paidWorld(rules, {
      ...isOnPage,
      faults: 1,
      actors: [payer, time, ...finishing, somebodyElse, expirer],
    }),
};

export const openingLate: StoryWorld = {
  name: "a payment is opened while the hold ends",
  about:
    "The only unit is held for A, who opens a payment and pays while their time goes by; somebody else takes the unit as soon as it is on sale; a call goes unanswered.",
  without: [
    { rule: "held has one door", breaks: "the unit is sold once" },
    { rule: "units of a hold are given back last", breaks: "the unit is sold once" },
    { rule: "a payment is written down before it is made", breaks: "money follows units" },
    { rule: "where to pay is told while the hold stands", breaks: "money follows units" },
  ],
  build: (rules) =>
    paidWorld(rules, {
      isOpenedMeanwhile: true,
      faults: 1,
      actors: [buyer, time, ...finishing, somebodyElse, expirer],
    }),
};

export const givingUp: StoryWorld = {
  name: "a buyer gives a hold up in one tab and pays for it in another",
  about:
    "The only unit is held for A, who is on the provider's page in one tab and gives the hold up in another; somebody else takes the unit as soon as it is on sale; a call of the provider goes unanswered.",
  without: [
    { rule: "whoever ends a hold asks the provider first", breaks: "who pays while the hold stands has it" },
  ],
  build: (rules) =>
    paidWorld(rules, {
      ...isOnPage,
      faults: 1,
      unanswered: ["provider"],
      actors: [payer, otherTab, time, ...finishing, somebodyElse, expirer],
    }),
};

export const staffCancels: StoryWorld = {
  name: "staff cancel a hold while its buyer pays",
  about:
    "The only unit is held for A, who is on the provider's page; staff wish the hold away; somebody else takes the unit as soon as it is on sale; a call of the provider goes unanswered.",
  without: [
    { rule: "an open wish is sent again", breaks: "a wish is decided" },
    { rule: "a hold that ended has a row", breaks: "what ended has a row" },
    {
      rule: "whoever ends a hold asks the provider first",
      breaks: "who pays while the hold stands has it",
    },
  ],
  build: (rules) =>
    paidWorld(rules, {
      ...isOnPage,
      faults: 1,
      unanswered: ["provider"],
      actors: [payer, staff, ...finishing, somebodyElse, carrier],
    }),
};

export const payingThroughALoss: StoryWorld = {
  name: "a hold is paid for while Redis is lost",
  about:
    "The only unit is held for A, who is on the provider's page and pays; Redis is lost and the gate rebuilt on the way, and somebody else takes the unit as soon as it is on sale.",
  without: [{ rule: "counted entries are marked", breaks: "money follows units" }],
  build: (rules) =>
    paidWorld(rules, {
      ...isOnPage,
      actors: [payer, message, redis, recovery, ...finishing, somebodyElse, reconciliation, comparison],
    }),
};

export const expiringThroughALoss: StoryWorld = {
  name: "a hold's time goes by while Redis is lost",
  about:
    "The same, and A's time goes by: before the loss, in the middle of the rebuild, or after it; A pays, or does not.",
  without: [{ rule: "a hold stays one through a rebuild", breaks: "no unit is stranded" }],
  build: (rules) =>
    paidWorld(rules, {
      ...isOnPage,
      actors: [payer, time, redis, recovery, ...finishing, somebodyElse, expirer, reconciliation, comparison],
    }),
};

export const ghostHold: StoryWorld = {
  name: "a hold comes into the ledger when its gate is gone",
  about:
    "A's purchase was frozen with its hold in the gate alone. Redis was lost and is rebuilt, the purchase goes on, and A pays as soon as they are told that it is theirs.",
  without: [
    { rule: "only a counted hold is payable", breaks: "who paid for a hold has it" },
    { rule: "the epoch is in the record first", breaks: "who paid for a hold has it" },
  ],
  build: (rules) =>
    paidWorld(rules, {
      ledger: { entry: null },
      gate: { is: "lost", order: "none" },
      actors: [
        actor("A's purchase", "mortal", "latePurchase", firstAttempt),
        message,
        recovery,
        ...finishing,
        somebodyElse,
        reconciliation,
        comparison,
      ],
    }),
};

export const payingTwice: StoryWorld = {
  name: "one hold is paid for twice",
  about:
    "A's first tab froze while it opened a payment; minutes later a second tab opens another, and both are paid.",
  without: [{ rule: "a second payment is let go", breaks: "money follows units" }],
  build: (rules) =>
    paidWorld(rules, {
      ledger: { attempts: { "1": "opened" }, isListed: true },
      actors: [
        actor("A's first tab", "mortal", "create", "1"),
        actor("A's second tab", "mortal", "shopper", { attempt: "2", isLater: true }),
        ...finishing,
      ],
    }),
};

export const unwillingBank: StoryWorld = {
  name: "the bank hands over nothing in the end",
  about:
    "A's hold is paid for while its time goes by, and the bank refuses the money when it is to be taken: the order fails, and somebody else takes the unit.",
  without: [{ rule: "units of a failed order come back", breaks: "no unit is stranded" }],
  build: (rules) =>
    paidWorld(rules, {
      provider: { isBankWilling: false },
      actors: [buyer, time, ...finishing, somebodyElse, expirer],
    }),
};

export const silentProvider: StoryWorld = {
  name: "a call of the provider is done, and not answered",
  about:
    "A asks twice where to pay, and pays; any one call of the provider goes unanswered, whether it took effect, never does, or does later.",
  without: [
    { rule: "one attempt has one key", breaks: "money follows units" },
    { rule: "a refused capture is read again", breaks: "who pays while the hold stands has it" },
    {
      rule: "an order is placed before its money is asked for",
      breaks: "no money is taken for what has no row",
    },
  ],
  build: (rules) =>
    paidWorld(rules, {
      faults: 1,
      actors: [buyer, actor("A's second try", "mortal", "shopper", firstAttempt), ...finishing],
    }),
};
