import type { Roles } from "../engine/process.ts";
import type { Rules } from "../rules.ts";
import { archiveRole } from "./archive.ts";
import { changeRole } from "./administration.ts";
import { consumerRoles } from "./consumer.ts";
import { guardianRoles } from "./guardian.ts";
import { askForRecovery, endTransactions, loseRedis, restock } from "./happenings.ts";
import { closeRole, copyRole, syncRole } from "./housekeeping.ts";
import { lookUpRole } from "./look-up.ts";
import { menderRole } from "./mender.ts";
import { wishRole } from "./operator.ts";
import { purchasesRole } from "./one-after-another.ts";
import { purchaseRole } from "./purchase.ts";
import { relayRole } from "./relay.ts";

/** Everybody who can be in a story. */
export const rolesOf = (
  rules: Rules,
  { isAdministered, hasCopies }: { readonly isAdministered: boolean; readonly hasCopies: boolean },
): Roles => ({
  purchase: purchaseRole(rules),
  purchases: purchasesRole(purchaseRole(rules)),
  lookUp: lookUpRole(rules),
  ...consumerRoles(rules),
  ...guardianRoles(rules, isAdministered),
  relay: relayRole,
  mender: menderRole,
  sync: syncRole(rules),
  copy: copyRole,
  close: closeRole,
  archive: archiveRole,
  wish: wishRole(rules),
  change: changeRole(rules, hasCopies),
  loseRedis,
  askForRecovery,
  restock,
  endTransactions,
});
