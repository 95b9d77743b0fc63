import type { Fault } from "../fault.ts";
import { changes } from "./changes.ts";
import { clocks } from "./clocks.ts";
import { crashes } from "./crashes.ts";
import { frozen } from "./frozen.ts";
import { guardians } from "./guardians.ts";
import { messages } from "./messages.ts";
import { redisLost } from "./redis-lost.ts";
import { stores } from "./stores.ts";

/** Every fault of the design's section 10, and those found beside them; the slow ones first, so that none ends late. */
export const catalogue: readonly Fault[] = [
  ...guardians,
  ...stores,
  ...crashes,
  ...frozen,
  ...redisLost,
  ...messages,
  ...clocks,
  ...changes,
];
