import { consumer, lookUp, mender, slowConsumer } from "./actors.ts";
import { after, aWish, earlier, wishOnQueue } from "./beginnings.ts";
import { settingsOf, type StoryWorld, worldOf } from "./story-world.ts";

export const refusing: StoryWorld = {
  name: "adoption is refused to one consumer, and a unit comes back",
  about:
    "B has the only unit, and gives it back; A's order of an older epoch is delivered twice, to two consumers; somebody looks at it.",
  without: [
    { rule: "a refusal is remembered", breaks: "accepted is final" },
    { rule: "pending until counted", breaks: "accepted is final" },
  ],
  build: (rules) => {
    const orders = [
      earlier("A", "A1", "sent", { isInGate: false }),
      earlier("B", "B1", "confirmed", { epoch: 2 }),
    ];
    const begun = after(orders, settingsOf(), 2);
    return worldOf(rules, {
      ...begun,
      queue: { ...begun.queue, ...wishOnQueue("B1", aWish("wish", 1)) },
      faults: 1,
      actors: [lookUp("A1"), slowConsumer, consumer, mender],
    });
  },
};
