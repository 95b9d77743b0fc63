import type { FactsDependencies } from "../../core/reconciliation/read-facts.ts";
import type { WatchDependencies } from "../../core/watch/watch-sale.ts";
import { loadStoresConfig, storeClients } from "../../core/store-clients.ts";

const config = loadStoresConfig();

/** What looks at every store and changes none. */
export const observation = (): Promise<FactsDependencies & WatchDependencies> => storeClients(config);
