import type { StoreAddresses } from "./verdict/read-facts.ts";

export type LoadAddresses = StoreAddresses & {
  readonly apiUrl: string;
  /** Of the payment provider's stand-in. */
  readonly paymentUrl: string;
};

/** A local cloud to send load to: its API, and its stores to be judged by. */
export type LoadCloud = {
  /** Where its parts are now: other ports after a crash and a new start. */
  addresses(): LoadAddresses;
  stop(): Promise<void>;
};
