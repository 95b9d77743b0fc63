import { onlyInTurn, oneLog, promisesAreKept, toldTheTurn } from "../line-laws.ts";
import {
  buyer,
  lapsesHold,
  lineGuardian,
  lineWorldOf,
  stepsHold,
  turnsEnd,
  unitComesBack,
} from "./line-world.ts";
import type { StoryWorld } from "./story-world.ts";

const people = ["A", "B", "C"];

export const passingOn: StoryWorld = {
  name: "a draw passes its one unit on",
  about:
    "A, B and C stand in a draw of one unit; each buys when drawn, or does not; a turn may end at any time, and an operator takes a unit back.",
  without: [
    { rule: "units are counted in one look", breaks: "a winner gets the unit" },
    { rule: "a draw passes on what nobody can buy", breaks: "a winner gets the unit" },
  ],
  build: (rules) =>
    lineWorldOf(rules, {
      mode: "draw",
      drawn: people,
      units: 1,
      actors: [
        ...people.map((name) => buyer(name, name.toLowerCase(), `${name}1`)),
        lineGuardian(1),
        stepsHold,
        turnsEnd,
        lapsesHold,
        unitComesBack,
      ],
      laws: [oneLog, onlyInTurn(people), toldTheTurn(people), promisesAreKept],
    }),
};
