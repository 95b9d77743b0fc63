import { consumer, guardian, mender, recoveryIsAsked, relay, shortPurchase, slowConsumer } from "./actors.ts";
import { after, earlier } from "./beginnings.ts";
import { settingsOf, type StoryWorld, worldOf } from "./story-world.ts";

export const adopting: StoryWorld = {
  name: "an order is adopted, and the consumer dies",
  about:
    "A's order of an older epoch is on the queue, and two consumers get its message, one of them slow or dying; A asks again with the same key, B asks for the unit, and another recovery is asked for.",
  without: [
    { rule: "marked before told", breaks: "accepted is final" },
    { rule: "adoption holds for its epoch only", breaks: "accepted is final" },
    { rule: "the record is read again after the mark", breaks: "accepted is final" },
  ],
  build: (rules) =>
    worldOf(rules, {
      ...after([earlier("A", "A1", "sent", { isInGate: false })], settingsOf(), 2),
      actors: [
        shortPurchase("A", "A2", { key: "key of A1" }),
        shortPurchase("B", "B1"),
        recoveryIsAsked,
        guardian(),
        slowConsumer,
        consumer,
        relay,
        mender,
      ],
    }),
};
