import { onlyInTurn, oneLog, toldTheTurn } from "../line-laws.ts";
import { buyer, lineGuardian, lineWorldOf, stepsHold } from "./line-world.ts";
import type { StoryWorld } from "./story-world.ts";

const people = ["A", "B"];

export const lettingIn: StoryWorld = {
  name: "two guardians let people in",
  about:
    "An earlier guardian, as slow as it likes, lets A and B in one by one, the present one both at once; both buy as soon as the log says that it is their turn.",
  without: [
    { rule: "a step is in the log before the gate is told", breaks: "who is in turn is not told otherwise" },
    { rule: "a line is put once", breaks: "the log is never forked" },
  ],
  build: (rules) =>
    lineWorldOf(rules, {
      drawn: people,
      actors: [
        buyer("A", "a", "A1"),
        buyer("B", "b", "B1"),
        lineGuardian(1, "mortal"),
        lineGuardian(2),
        stepsHold,
      ],
      laws: [oneLog, onlyInTurn(people), toldTheTurn(people)],
    }),
};
