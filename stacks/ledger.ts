import { ledgerWarmth } from "../core/preflight/ledger-warmth.ts";
import type { Alarms } from "./alarms.ts";
import type { Grant } from "./grants.ts";
import { identityGrants } from "./identity-grants.ts";
import { ledgerGrants } from "./ledger-grants.ts";
import { lineGrants } from "./line-grants.ts";
import { productMetric } from "./product-metric.ts";
import { stage } from "./stage.ts";
import { tablePermission } from "./table-permission.ts";

/** The tables in DynamoDB, and what a function may be allowed to do with each. */
export function createLedger({ alarms }: { readonly alarms: Alarms }) {
  const { ledger, identity, pictures, lines } = createTables();
  watchTable("Ledger", ledger, alarms);
  watchTable("Identity", identity, alarms);
  watchTable("Lines", lines, alarms);
  // Somebody guesses the codes of a sale's guests; at twice as many each buyer tries one a minute.
  alarms.watch("InvitationsGuessed", { ...productMetric("WrongInvitationCodes"), above: 500 });

  const pictureGrant = (action: string): Grant => ({
    environment: { PICTURE_TABLE: pictures.name },
    permissions: [tablePermission(pictures, [action])],
  });
  const grants = {
    ...ledgerGrants(ledger),
    ...identityGrants(identity),
    ...lineGrants(lines),
    "pictures.read": pictureGrant("GetItem"),
    "pictures.put": pictureGrant("PutItem"),
  };
  return { grants };
}

/** The ledger (reservations, copies of the sales, the lease), the table of buyers and sign-in codes, the pictures, and the lines. */
function createTables() {
  const ledger = new sst.aws.Dynamo("Ledger", {
    fields: { pk: "string", sk: "string" },
    primaryIndex: { hashKey: "pk", rangeKey: "sk" },
    deletionProtection: stage.isProduction,
    transform: warmedTo(ledgerWarmth(stage.warm.attemptsPerSecond)),
  });
  const identity = new sst.aws.Dynamo("Identity", {
    fields: { pk: "string" },
    primaryIndex: { hashKey: "pk" },
    ttl: "ttl",
    deletionProtection: stage.isProduction,
  });
  // Apart from the ledger: an upload takes a thousand writes' worth at once, which no purchase may wait for.
  const pictures = new sst.aws.Dynamo("Pictures", {
    fields: { pk: "string" },
    primaryIndex: { hashKey: "pk" },
    deletionProtection: stage.isProduction,
  });
  // Apart from the ledger too: everybody joins within minutes, and no purchase may wait for that.
  const lines = new sst.aws.Dynamo("Lines", {
    fields: { pk: "string", sk: "string" },
    primaryIndex: { hashKey: "pk", rangeKey: "sk" },
    // Of spent challenges, and of where people joined from: logs, entries and public files stay.
    ttl: "ttl",
    deletionProtection: stage.isProduction,
    transform: warmedTo(ledgerWarmth(0, stage.joinsPerSecond)),
  });
  return { ledger, identity, pictures, lines };
}

/** A table that only ever saw little traffic refuses a crowd for minutes while it grows. */
const warmedTo = (warmth: ReturnType<typeof ledgerWarmth>): sst.aws.DynamoArgs["transform"] => ({
  table: (args) => {
    if (warmth)
      args.warmThroughput = { readUnitsPerSecond: warmth.reads, writeUnitsPerSecond: warmth.writes };
  },
});

function watchTable(name: string, table: sst.aws.Dynamo, { watch }: Alarms): void {
  const metric = (metricName: string) => ({
    namespace: "AWS/DynamoDB",
    metricName,
    dimensions: { TableName: table.name },
    statistic: "Sum" as const,
  });
  watch(`${name}WriteThrottled`, { ...metric("WriteThrottleEvents"), above: 0 });
  watch(`${name}ReadThrottled`, { ...metric("ReadThrottleEvents"), above: 0 });
}
