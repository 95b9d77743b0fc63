import { buysOnce, onlyInTurn, toldTheTurn } from "../line-laws.ts";
import {
  adoption,
  buyer,
  lineGuardian,
  lineRedisIsLost,
  lineWorldOf,
  rebuildOf,
  stepsHold,
} from "./line-world.ts";
import type { StoryWorld } from "./story-world.ts";

const people = ["A", "B"];

export const lostInTurn: StoryWorld = {
  name: "Redis is lost in the middle of a turn",
  about:
    "A's entry is for one unit, and A asks with two keys; B asks too; the gate is lost and rebuilt, and what was frozen meanwhile is adopted.",
  without: [
    { rule: "a gate that was not told asks to wait", breaks: "who is in turn is not told otherwise" },
    { rule: "what was bought is told before anybody buys", breaks: "an entry buys its quantity once" },
    { rule: "an adopted order counts in its turn", breaks: "an entry buys its quantity once" },
    { rule: "an adoption keeps to the entry's quantity", breaks: "an entry buys its quantity once" },
  ],
  build: (rules) =>
    lineWorldOf(rules, {
      drawn: people,
      units: 3,
      actors: [
        buyer("A", "a", "A1"),
        buyer("A", "other", "A2"),
        buyer("B", "b", "B1"),
        lineGuardian(2),
        stepsHold,
        lineRedisIsLost,
        rebuildOf(3),
        adoption,
      ],
      laws: [onlyInTurn(people), toldTheTurn(people), buysOnce],
    }),
};
