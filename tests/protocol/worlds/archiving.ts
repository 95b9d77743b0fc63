import { nothingIsThrownAway } from "../laws.ts";
import {
  archiver,
  change,
  consumer,
  guardian,
  mender,
  relay,
  settingsSync,
  shortPurchase,
  transactionsEnd,
} from "./actors.ts";
import { after, aWish, earlier, wishOnQueue } from "./beginnings.ts";
import { settingsOf, type StoryWorld, worldOf } from "./story-world.ts";

const closed = () => {
  const beginning = after([earlier("A", "A1", "confirmed")], settingsOf({ allocated: 2, endsAtMs: 10 }));
  return {
    ...beginning,
    postgres: (empty: Parameters<typeof beginning.postgres>[0]) => {
      const known = beginning.postgres(empty);
      return { ...known, sale: { ...known.sale, isClosed: true } };
    },
    nowMs: 20,
  };
};

export const archiving: StoryWorld = {
  name: "a sale is extended while it is archived",
  about:
    "The sale was closed a while ago and is archived, while an operator gives it more time; B buys as soon as it sells, and what is lost is rebuilt.",
  without: [{ rule: "an archive leaves a gate that goes on", breaks: "an archive throws nothing away" }],
  build: (rules) =>
    worldOf(rules, {
      ...closed(),
      isAdministered: true,
      hasCopies: false,
      actors: [
        archiver,
        change("an operator", { endsAt: new Date(30).toISOString() }),
        shortPurchase("B", "B1"),
        guardian(),
        consumer,
        relay,
        mender,
        settingsSync,
        transactionsEnd,
      ],
      laws: [nothingIsThrownAway],
    }),
};

export const returningLate: StoryWorld = {
  name: "a unit comes back while the sale is archived",
  about:
    "The sale was closed a while ago; its one order is cancelled while it is archived, which opens it again.",
  without: [{ rule: "only what was recorded is removed", breaks: "an archive throws nothing away" }],
  build: (rules) =>
    worldOf(rules, {
      ...closed(),
      queue: wishOnQueue("A1", aWish("cancel", 1)),
      hasCopies: false,
      actors: [archiver, consumer, guardian()],
      laws: [nothingIsThrownAway],
    }),
};
