import { oneOrderForAKey } from "../laws.ts";
import { consumer, mender, purchase, relay } from "./actors.ts";
import { type StoryWorld, worldOf } from "./story-world.ts";

export const askingAgain: StoryWorld = {
  name: "one key is asked with twice, and answers are lost",
  about:
    "A asks twice with one key, at once or after each other, of a sale with two units and a limit of two; two calls go unanswered.",
  without: [{ rule: "a key is remembered", breaks: "one key is one order" }],
  build: (rules) =>
    worldOf(rules, {
      settings: { allocated: 2, purchaseLimit: 2 },
      faults: 2,
      alike: [{ A1: "A2", A2: "A1" }],
      actors: [
        purchase("A", "A1", { key: "the key" }),
        purchase("A", "A2", { key: "the key" }),
        consumer,
        relay,
        mender,
      ],
      laws: [oneOrderForAKey],
    }),
};
