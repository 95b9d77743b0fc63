import { consumer, mender, relay, restock, shortPurchase, slowConsumer } from "./actors.ts";
import { after, aWish, earlier, wishOnQueue } from "./beginnings.ts";
import { settingsOf, type StoryWorld, worldOf } from "./story-world.ts";

export const returning: StoryWorld = {
  name: "units are returned twice, in part",
  about:
    "A has all three units and gives back one, then another that is withheld from sale; two consumers work, and one call comes late; B asks for a unit.",
  without: [
    { rule: "settle only lowers", breaks: "conservation" },
    { rule: "settle is absolute", breaks: "conservation" },
  ],
  build: (rules) => {
    const settings = settingsOf({ allocated: 3, purchaseLimit: 3 });
    const begun = after([earlier("A", "A1", "confirmed", { quantity: 3 })], settings);
    return worldOf(rules, {
      ...begun,
      queue: {
        ...wishOnQueue("A1", aWish("first wish", 1)),
        ...wishOnQueue("A1", aWish("second wish", 1, true)),
      },
      faults: 1,
      actors: [shortPurchase("B", "B1"), slowConsumer, consumer, restock, relay, mender],
    });
  },
};
