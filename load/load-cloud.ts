import type { StoreAddresses } from "./verdict/read-facts.ts";

/** A local cloud to send load to: its API, and its stores to be judged by. */
export type LoadCloud = StoreAddresses & {
  readonly apiUrl: string;
  stop(): Promise<void>;
};
