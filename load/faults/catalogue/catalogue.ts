import type { Fault } from "../fault.ts";
import { crashes } from "./crashes.ts";
import { queue } from "./queue.ts";
import { redisLost } from "./redis-lost.ts";

/** Every fault of the design's section 10, and those found beside them. */
export const catalogue: readonly Fault[] = [...crashes, ...queue, ...redisLost];
