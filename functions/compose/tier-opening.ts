import { guestsClient } from "../../core/clients/guests.ts";
import { addressesClient } from "../../core/clients/identity.ts";
import { loadConfig } from "../../core/config.ts";
import { tierOpensAtMs as tierOpensAt } from "../../core/guests/tier-opening.ts";
import { parseProviders } from "../../core/identity/aliases.ts";
import type { BuyerId } from "../../core/ids.ts";
import type { Sale } from "../../core/sale/sale.ts";

const config = loadConfig(["LINE_TABLE", "IDENTITY_TABLE", "DYNAMODB_ENDPOINT", "MAILBOX_PROVIDERS"]);
const providers = parseProviders(config.MAILBOX_PROVIDERS);

/** When the tier opens that a buyer is on; null: they are on none. */
export async function tierOpensAtMs(sale: Sale, buyerId: BuyerId): Promise<number | null> {
  const [lists, addresses] = await Promise.all([guestsClient(config), addressesClient(config)]);
  return tierOpensAt({ lists, addresses, providers }, sale, buyerId);
}
