import { inForceIsInForce } from "../laws.ts";
import { change, copier, guardian, redisIsLost, settingsSync, transactionsEnd } from "./actors.ts";
import { type StoryWorld, worldOf } from "./story-world.ts";

export const changeInRebuild: StoryWorld = {
  name: "a sale is ended while its gate is rebuilt",
  about: "Redis is lost, the guardian rebuilds, an operator ends the sale; a call goes unanswered.",
  without: [{ rule: "settings are read under the lock", breaks: "in force is in force" }],
  build: (rules) =>
    worldOf(rules, {
      isAdministered: true,
      faults: 1,
      actors: [
        redisIsLost,
        guardian(),
        change("an operator who ends the sale", { state: "ended" }),
        settingsSync,
        copier,
        transactionsEnd,
      ],
      laws: [inForceIsInForce],
    }),
};
