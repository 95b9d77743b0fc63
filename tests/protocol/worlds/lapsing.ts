import { buysOnce, foundAgain, onlyInTurn, toldTheTurn } from "../line-laws.ts";
import { buyer, lapsesHold, lineGuardian, lineWorldOf, stepsHold, turnsEnd } from "./line-world.ts";
import type { StoryWorld } from "./story-world.ts";

const people = ["A"];

export const lapsing: StoryWorld = {
  name: "a turn lapses while its purchase is repeated",
  about:
    "A asks twice with one key, at once or after each other, and either may die on the way; the turn ends at any time.",
  without: [{ rule: "the gate looks at the key before the turn", breaks: "a lost answer is found again" }],
  build: (rules) =>
    lineWorldOf(rules, {
      drawn: people,
      units: 1,
      actors: [
        buyer("A", "a", "A1"),
        buyer("A", "a", "A2"),
        lineGuardian(1),
        stepsHold,
        turnsEnd,
        lapsesHold,
      ],
      laws: [onlyInTurn(people), toldTheTurn(people), buysOnce, foundAgain],
    }),
};
