import { consumer, guardian, mender, purchases, redisIsLost, relay } from "./actors.ts";
import { type StoryWorld, worldOf } from "./story-world.ts";

export const numbers: StoryWorld = {
  name: "three keys and a lost Redis",
  about: "One buyer with a limit of two asks with three keys; purchases die, and Redis is lost on the way.",
  without: [{ rule: "numbers are given once", breaks: "accepted is final" }],
  build: (rules) =>
    worldOf(rules, {
      settings: { allocated: 2, purchaseLimit: 2 },
      actors: [purchases("A", ["A1", "A2", "A3"]), redisIsLost, guardian(), consumer, relay, mender],
    }),
};
