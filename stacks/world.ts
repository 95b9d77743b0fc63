import type { Alarms } from "./alarms.ts";
import type { Grants } from "./grants.ts";
import type { Network } from "./network.ts";

/** What it takes to make a function of the product. */
export type World = {
  readonly network: Network;
  readonly alarms: Alarms;
  readonly grants: Grants;
  /** The newest migration that the database has; functions wait for it. Absent while a stage is in `sst dev`. */
  readonly schema: $util.Output<string> | undefined;
};
