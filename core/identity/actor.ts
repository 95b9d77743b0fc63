import type { Role } from "../contract/identity.ts";
import type { BuyerId } from "../ids.ts";

/** Who asks for a change, and in which request. */
export type Actor = { readonly buyerId: BuyerId; readonly role: Role; readonly requestId: string };
