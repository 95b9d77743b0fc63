import { nobodyIsLost, oneLog, pagesMakeTheRoot } from "../line-laws.ts";
import { join, lineWorldOf, listGuardian } from "./line-world.ts";
import type { StoryWorld } from "./story-world.ts";

export const joining: StoryWorld = {
  name: "people join a list while two guardians close it",
  about:
    "A and B join; an earlier guardian, as slow as it likes, and the present one close list 0, read it, publish its root and draw it.",
  without: [
    { rule: "a join is answered only in time", breaks: "who has joined is in the list" },
    { rule: "a list is read later than a join can run", breaks: "who has joined is in the list" },
    { rule: "a line is put once", breaks: "the log is never forked" },
    { rule: "pages lie under their root", breaks: "the pages make the root" },
  ],
  build: (rules) =>
    lineWorldOf(rules, {
      drawn: [],
      actors: [join("A"), join("B"), listGuardian("mortal"), listGuardian()],
      laws: [oneLog, nobodyIsLost, pagesMakeTheRoot],
    }),
};
