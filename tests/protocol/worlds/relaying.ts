import {
  consumer,
  guardian,
  lookUp,
  mender,
  purchase,
  recoveryIsAsked,
  relay,
  shortPurchase,
} from "./actors.ts";
import { type StoryWorld, worldOf } from "./story-world.ts";

export const relaying: StoryWorld = {
  name: "a living gate is rebuilt without a drain",
  about:
    "A recovery is asked for while A's purchase is under way; B asks for the same unit; somebody looks at A's order.",
  without: [{ rule: "the outbox is relayed first", breaks: "accepted is final" }],
  build: (rules) =>
    worldOf(rules, {
      actors: [
        purchase("A", "A1"),
        shortPurchase("B", "B1"),
        lookUp("A1"),
        recoveryIsAsked,
        guardian(),
        consumer,
        relay,
        mender,
      ],
    }),
};
