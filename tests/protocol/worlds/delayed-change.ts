import { inForceIsInForce, neverLooser } from "../laws.ts";
import { change, settingsSync, transactionsEnd } from "./actors.ts";
import { type StoryWorld, worldOf } from "./story-world.ts";

export const delayedChange: StoryWorld = {
  name: "a change of settings comes late",
  about:
    "Before the sale opens one operator lowers its allocation and moves its start, another ends it; either may stand still anywhere, and a call goes unanswered.",
  without: [
    { rule: "a revision is given once", breaks: "the same settings everywhere" },
    { rule: "the gate is asked first only for less", breaks: "the gate is never looser than PostgreSQL" },
    { rule: "in force is what the gate says", breaks: "in force is in force" },
  ],
  build: (rules) =>
    worldOf(rules, {
      settings: { allocated: 2, startsAtMs: 10 },
      isAdministered: true,
      hasCopies: false,
      faults: 1,
      actors: [
        change("an operator who lowers", { allocated: 1, startsAt: new Date(5).toISOString() }),
        change("an operator who ends the sale", { state: "ended" }),
        settingsSync,
        transactionsEnd,
      ],
      laws: [inForceIsInForce, neverLooser],
    }),
};
