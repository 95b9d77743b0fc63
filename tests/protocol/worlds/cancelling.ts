import { consumer, mender, purchase, relay, restock, slowConsumer } from "./actors.ts";
import { after, aWish, earlier, wishFor } from "./beginnings.ts";
import { settingsOf, type StoryWorld, worldOf } from "./story-world.ts";

export const cancelling: StoryWorld = {
  name: "an order is cancelled while its message is on the queue",
  about:
    "The only unit is A's, whose order is still on the queue when an operator cancels it; B asks for the unit; a second consumer is slow, or dies.",
  without: [
    { rule: "a wish is decided by the consumer", breaks: "accepted is final" },
    { rule: "settle is absolute", breaks: "conservation" },
    { rule: "units are given back last", breaks: "accepted is final" },
  ],
  build: (rules) =>
    worldOf(rules, {
      ...after([earlier("A", "A1", "sent")], settingsOf()),
      faults: 1,
      actors: [
        wishFor("A1", aWish("wish", 1)),
        purchase("B", "B1"),
        slowConsumer,
        consumer,
        restock,
        relay,
        mender,
      ],
    }),
};
