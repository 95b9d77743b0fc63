import { testWorlds } from "./test-worlds.ts";

testWorlds([
  "last-moment",
  "opening-late",
  "giving-up",
  "staff-cancels",
  "paying-through-a-loss",
  "expiring-through-a-loss",
  "ghost-hold",
  "paying-twice",
  "unwilling-bank",
  "silent-provider",
  "giving-back-twice",
  "refunded-elsewhere",
  "paid-otherwise",
]);
