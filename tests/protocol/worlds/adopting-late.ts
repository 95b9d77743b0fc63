import { buysOnce, onlyInTurn, promisesAreKept } from "../line-laws.ts";
import {
  adoption,
  buyer,
  lapsesHold,
  lineGuardian,
  lineRedisIsLost,
  lineWorldOf,
  rebuildOf,
  stepsHold,
  turnsEnd,
} from "./line-world.ts";
import type { StoryWorld } from "./story-world.ts";

const people = ["A", "B"];

export const adoptingLate: StoryWorld = {
  name: "an order comes late to a draw that has passed its unit on",
  about:
    "A and B stand in a draw of one unit; Redis is lost while they buy, and what was frozen meanwhile is adopted, at any time: while its turn runs, or after the unit was promised to the next one.",
  without: [{ rule: "an adoption takes nothing that was passed on", breaks: "a winner gets the unit" }],
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
        lineRedisIsLost,
        rebuildOf(1),
        adoption,
      ],
      laws: [onlyInTurn(people), buysOnce, promisesAreKept],
    }),
};
