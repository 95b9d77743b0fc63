import { consumer, guardian, lookUp, mender, redisIsLost, relay, shortPurchase } from "./actors.ts";
import { type StoryWorld, worldOf } from "./story-world.ts";

export const freezing: StoryWorld = {
  name: "a purchase is frozen through a recovery",
  about:
    "A's purchase may stand still anywhere while Redis is lost and the gate rebuilt; B asks for the same unit; somebody looks at A's order.",
  without: [
    { rule: "pending until counted", breaks: "accepted is final" },
    { rule: "an order is accepted only in time", breaks: "accepted is final" },
    { rule: "the gate drains", breaks: "accepted is final" },
    { rule: "the epoch is in the record first", breaks: "accepted is final" },
  ],
  build: (rules) =>
    worldOf(rules, {
      actors: [
        shortPurchase("A", "A1"),
        shortPurchase("B", "B1"),
        lookUp("A1"),
        redisIsLost,
        guardian(),
        consumer,
        relay,
        mender,
      ],
    }),
};
