import type { Grant } from "./grants.ts";
import { partitionPermission, tablePermission } from "./table-permission.ts";

/** The public keys of evidence, and which were revoked: two partitions, so that whoever may put a key revokes none, and undoes nothing. */
const EVIDENCE_KEYS = "evidence#keys";
const EVIDENCE_REVOKED = "evidence#revoked";

/** What may be done with the ledger's table: with all of it, or with the lists that lie in it beside the reservations. */
export function ledgerGrants(ledger: sst.aws.Dynamo) {
  const environment = { LEDGER_TABLE: ledger.name };
  const whole = (...actions: string[]): Grant => ({
    environment,
    permissions: [tablePermission(ledger, actions)],
  });
  const within = (actions: readonly string[], ...partitions: string[]) =>
    partitionPermission(ledger, actions, partitions);
  /** Anybody may bring a round of the beacon, so whoever takes it sees nothing else of the table. */
  const beacon = (action: string): Grant => ({ environment, permissions: [within([action], "beacon")] });
  const readsEvidence = within(["GetItem"], EVIDENCE_KEYS, EVIDENCE_REVOKED);
  return {
    "ledger.read": whole("GetItem", "Query"),
    "ledger.put": whole("PutItem"),
    "ledger.mark": whole("BatchWriteItem"),
    "ledger.lease": whole("UpdateItem"),
    "beacon.read": beacon("GetItem"),
    "beacon.put": beacon("PutItem"),
    "beacon.need": beacon("UpdateItem"),
    /** The ledger keeps what it has; only the second copies of sales that are past go. */
    "ledger.forget": { environment, permissions: [within(["DeleteItem"], "sales#current")] },
    "goAsks.tell": {
      environment,
      permissions: [within(["Query", "UpdateItem", "DeleteItem"], "go#asked")],
    },
    "evidence.keys": {
      environment,
      permissions: [within(["GetItem", "Query"], EVIDENCE_KEYS, EVIDENCE_REVOKED)],
    },
    "evidence.revoke": { environment, permissions: [readsEvidence, within(["PutItem"], EVIDENCE_REVOKED)] },
    "evidence.publish": { environment, permissions: [readsEvidence, within(["PutItem"], EVIDENCE_KEYS)] },
    /** Whoever completes payments and wishes takes off the two lists what is at rest, and nothing else. */
    "payments.close": { environment, permissions: [within(["DeleteItem"], "payments#open", "wishes#open")] },
    /** Of a rehearsal's sale; no key of a table says that a sale is one, so the function itself looks. */
    "ledger.purge": whole("DeleteItem"),
  } satisfies Record<string, Grant>;
}
