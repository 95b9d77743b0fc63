import { consumer, guardian, mender, redisIsLost, relay } from "./actors.ts";
import { after, aWish, earlier, wishOnQueue } from "./beginnings.ts";
import { settingsOf, type StoryWorld, worldOf } from "./story-world.ts";

export const guarding: StoryWorld = {
  name: "two guardians rebuild the same gate",
  about:
    "Redis is lost; an earlier guardian is slow or dies in its recovery, and the next one takes over; meanwhile A's order is returned.",
  without: [{ rule: "a recovery has an id", breaks: "conservation" }],
  build: (rules) => {
    const settings = settingsOf({ allocated: 2 });
    return worldOf(rules, {
      ...after([earlier("A", "A1", "confirmed")], settings),
      queue: wishOnQueue("A1", aWish("wish", 1)),
      faults: 1,
      actors: [redisIsLost, guardian(1, "mortal"), guardian(2), consumer, relay, mender],
    });
  },
};
