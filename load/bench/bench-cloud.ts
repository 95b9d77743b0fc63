import type { Cloud } from "../../local/cloud.ts";

/** The cloud in the bench's own process, with no order trigger: functions are called directly. */
export type BenchCloud = Cloud;
