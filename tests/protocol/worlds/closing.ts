import { closedIsOver } from "../laws.ts";
import { change, closer, consumer, copier, mender, settingsSync, transactionsEnd } from "./actors.ts";
import { after, earlier } from "./beginnings.ts";
import { settingsOf, type StoryWorld, worldOf } from "./story-world.ts";

export const closing: StoryWorld = {
  name: "a sale is extended while it is closed",
  about:
    "The sale is over; an order of an older epoch is in the ledger, and no message tells of it; an operator gives the sale more time just when it is closed.",
  without: [
    { rule: "closing is conditional on the revision", breaks: "a closed sale is over" },
    { rule: "nobody waits for a decision when a sale is closed", breaks: "one truth" },
  ],
  build: (rules) =>
    worldOf(rules, {
      ...after([earlier("A", "A1", "sent", { isInGate: false })], settingsOf({ endsAtMs: 10 }), 2),
      queue: {},
      nowMs: 20,
      isAdministered: true,
      faults: 0,
      actors: [
        change("an operator", { endsAt: new Date(30).toISOString() }),
        closer,
        consumer,
        mender,
        copier,
        settingsSync,
        transactionsEnd,
      ],
      laws: [closedIsOver],
    }),
};
