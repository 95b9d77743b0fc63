import { inForceIsInForce, neverLooser } from "../laws.ts";
import { change, copier, settingsSync, transactionsEnd } from "./actors.ts";
import { type StoryWorld, worldOf } from "./story-world.ts";

export const delayedChange: StoryWorld = {
  name: "a change of settings comes late",
  about:
    "Before the sale opens one operator lowers its allocation and moves its start, another pauses it; either may stand still anywhere, so that a command comes late.",
  without: [
    { rule: "a revision is given once", breaks: "the same settings everywhere" },
    { rule: "the gate is asked first only for less", breaks: "the gate is never looser than PostgreSQL" },
    { rule: "in force is what the gate says", breaks: "in force is in force" },
  ],
  build: (rules) =>
    worldOf(rules, {
      settings: { allocated: 2, startsAtMs: 10 },
      isAdministered: true,
      faults: 0,
      actors: [
        change("an operator who lowers", { allocated: 1, startsAt: new Date(5).toISOString() }),
        change("an operator who pauses", { state: "paused" }),
        settingsSync,
        copier,
        transactionsEnd,
      ],
      laws: [inForceIsInForce, neverLooser],
    }),
};
