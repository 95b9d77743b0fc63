import { ledgerWarmth } from "../core/preflight/ledger-warmth.ts";
import type { Alarms } from "./alarms.ts";
import type { Grant } from "./grants.ts";
import { stage } from "./stage.ts";

/** The ledger (reservations, copies of the sales, the lease), the table of buyers and sign-in codes, the pictures, and the lines. */
export function createLedger({ alarms }: { readonly alarms: Alarms }) {
  const ledger = new sst.aws.Dynamo("Ledger", {
    fields: { pk: "string", sk: "string" },
    primaryIndex: { hashKey: "pk", rangeKey: "sk" },
    deletionProtection: stage.isProduction,
    transform: {
      table: (args) => {
        // A table that only ever saw little traffic refuses a crowd for minutes while it grows.
        const warmth = ledgerWarmth(stage.warm.attemptsPerSecond);
        if (warmth)
          args.warmThroughput = { readUnitsPerSecond: warmth.reads, writeUnitsPerSecond: warmth.writes };
      },
    },
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
    transform: {
      table: (args) => {
        const warmth = ledgerWarmth(0, stage.joinsPerSecond);
        if (warmth)
          args.warmThroughput = { readUnitsPerSecond: warmth.reads, writeUnitsPerSecond: warmth.writes };
      },
    },
  });
  watchTable("Ledger", ledger, alarms);
  watchTable("Identity", identity, alarms);
  watchTable("Lines", lines, alarms);

  const ledgerGrant = (...actions: string[]): Grant => ({
    environment: { LEDGER_TABLE: ledger.name },
    permissions: [{ actions, resources: [ledger.arn] }],
  });
  const pictureGrant = (...actions: string[]): Grant => ({
    environment: { PICTURE_TABLE: pictures.name },
    permissions: [{ actions, resources: [pictures.arn] }],
  });
  /** The beacon's rounds lie in the ledger's table; anybody may bring one, so whoever takes it sees nothing else there. */
  const beaconGrant = (action: string): Grant => ({
    environment: { LEDGER_TABLE: ledger.name },
    permissions: [
      {
        actions: [action],
        resources: [ledger.arn],
        conditions: [
          { test: "ForAllValues:StringEquals", variable: "dynamodb:LeadingKeys", values: ["beacon"] },
        ],
      },
    ],
  });
  /** The public keys of evidence lie in the ledger's table; who looks them up or adds one sees nothing else there. */
  /** Public keys of evidence, and which were revoked: two partitions, so that whoever may put a key revokes none, and undoes nothing. */
  const evidencePermission = (actions: readonly string[], values: string[]) => ({
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [ledger.arn],
    conditions: [{ test: "ForAllValues:StringEquals", variable: "dynamodb:LeadingKeys", values }],
  });
  const evidenceGrant = (...permissions: ReturnType<typeof evidencePermission>[]): Grant => ({
    environment: { LEDGER_TABLE: ledger.name },
    permissions,
  });
  const evidencePartitions = ["evidence#keys", "evidence#revoked"];
  const lineGrant = (...actions: string[]): Grant => ({
    environment: { LINE_TABLE: lines.name },
    permissions: [{ actions: actions.map((action) => `dynamodb:${action}`), resources: [lines.arn] }],
  });
  /** Lists of guests lie beside the lines that they let people into; who needs them sees nothing else of that table. */
  const guestGrant = (...actions: string[]): Grant => ({
    environment: { LINE_TABLE: lines.name },
    permissions: [
      {
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [lines.arn],
        conditions: [
          { test: "ForAllValues:StringLike", variable: "dynamodb:LeadingKeys", values: ["guests#*"] },
        ],
      },
    ],
  });
  /** Aliases of one mailbox are one guest. */
  const comparing = (grant: Grant): Grant => ({
    ...grant,
    environment: { ...grant.environment, MAILBOX_PROVIDERS: stage.mailboxProviders },
  });
  /** The ledger keeps what it has; only the second copies of sales that are past go. */
  const forgetGrant: Grant = {
    environment: { LEDGER_TABLE: ledger.name },
    permissions: [
      {
        actions: ["dynamodb:DeleteItem"],
        resources: [ledger.arn],
        conditions: [
          { test: "ForAllValues:StringEquals", variable: "dynamodb:LeadingKeys", values: ["sales#current"] },
        ],
      },
    ],
  };
  /** Whoever completes payments and wishes takes off the two lists what is at rest, and nothing else. */
  const closeGrant: Grant = {
    environment: { LEDGER_TABLE: ledger.name },
    permissions: [
      {
        actions: ["dynamodb:DeleteItem"],
        resources: [ledger.arn],
        conditions: [
          {
            test: "ForAllValues:StringEquals",
            variable: "dynamodb:LeadingKeys",
            values: ["payments#open", "wishes#open"],
          },
        ],
      },
    ],
  };
  /** The lists of ended sessions lie beside the buyers; who needs them sees nothing else of that table. */
  const revocationGrant = (action: string): Grant => ({
    environment: { IDENTITY_TABLE: identity.name },
    permissions: [
      {
        actions: [action],
        resources: [identity.arn],
        conditions: [
          {
            test: "ForAllValues:StringEquals",
            variable: "dynamodb:LeadingKeys",
            values: ["revoked#shopper", "revoked#staff"],
          },
        ],
      },
    ],
  });
  const tracesPermission = (actions: readonly string[], values: string[]) => ({
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [identity.arn],
    conditions: [{ test: "ForAllValues:StringLike", variable: "dynamodb:LeadingKeys", values }],
  });
  const staffPermission = (action: string) => ({
    actions: [action],
    resources: [identity.arn],
    conditions: [{ test: "ForAllValues:StringEquals", variable: "dynamodb:LeadingKeys", values: ["staff"] }],
  });
  const grants = {
    "pictures.read": pictureGrant("dynamodb:GetItem"),
    "pictures.put": pictureGrant("dynamodb:PutItem"),
    "guests.read": guestGrant("Query"),
    "guests.bind": comparing(guestGrant("GetItem", "PutItem", "UpdateItem")),
    "guests.change": comparing(guestGrant("Query", "BatchWriteItem", "DeleteItem")),
    "line.read": lineGrant("GetItem", "Query"),
    "line.put": lineGrant("PutItem"),
    "line.leave": lineGrant("DeleteItem"),
    "line.lanes": lineGrant("UpdateItem"),
    "line.results": lineGrant("UpdateItem", "DeleteItem"),
    "ledger.read": ledgerGrant("dynamodb:GetItem", "dynamodb:Query"),
    "ledger.put": ledgerGrant("dynamodb:PutItem"),
    "ledger.mark": ledgerGrant("dynamodb:BatchWriteItem"),
    "ledger.lease": ledgerGrant("dynamodb:UpdateItem"),
    "beacon.read": beaconGrant("dynamodb:GetItem"),
    "beacon.put": beaconGrant("dynamodb:PutItem"),
    "beacon.need": beaconGrant("dynamodb:UpdateItem"),
    "ledger.forget": forgetGrant,
    "goAsks.tell": {
      environment: { LEDGER_TABLE: ledger.name },
      permissions: [
        {
          actions: ["dynamodb:Query", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
          resources: [ledger.arn],
          conditions: [
            { test: "ForAllValues:StringEquals", variable: "dynamodb:LeadingKeys", values: ["go#asked"] },
          ],
        },
      ],
    },
    "evidence.keys": evidenceGrant(evidencePermission(["GetItem", "Query"], evidencePartitions)),
    "evidence.revoke": evidenceGrant(
      evidencePermission(["GetItem"], evidencePartitions),
      evidencePermission(["PutItem"], ["evidence#revoked"]),
    ),
    "evidence.publish": evidenceGrant(
      evidencePermission(["GetItem"], evidencePartitions),
      evidencePermission(["PutItem"], ["evidence#keys"]),
    ),
    "payments.close": closeGrant,
    /** Of a rehearsal's sale; no key of a table says that a sale is one, so the function itself looks. */
    "ledger.purge": ledgerGrant("dynamodb:DeleteItem"),
    "revocations.read": revocationGrant("dynamodb:GetItem"),
    "revocations.end": revocationGrant("dynamodb:UpdateItem"),
    /** Who works here: what STAFF says, and the one record beside the buyers. */
    staff: {
      environment: { STAFF: stage.staff, IDENTITY_TABLE: identity.name },
      permissions: [staffPermission("dynamodb:GetItem")],
    },
    "staffRoll.read": {
      environment: { IDENTITY_TABLE: identity.name },
      permissions: [staffPermission("dynamodb:GetItem")],
    },
    "staff.put": {
      environment: { IDENTITY_TABLE: identity.name },
      permissions: [staffPermission("dynamodb:PutItem")],
    },
    "addresses.read": {
      environment: { IDENTITY_TABLE: identity.name },
      permissions: [
        {
          actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem"],
          resources: [identity.arn],
          conditions: [
            {
              test: "ForAllValues:StringLike",
              variable: "dynamodb:LeadingKeys",
              values: ["address#*", "buyer#*"],
            },
          ],
        },
      ],
    },
    /** What signing in keeps of a buyer under their addresses, and which mails they got. */
    /** That a session begins, with the buyer whose it is. */
    "addresses.note": {
      permissions: [tracesPermission(["UpdateItem"], ["address#*"])],
    },
    "traces.read": {
      environment: { IDENTITY_TABLE: identity.name, MAILBOX_PROVIDERS: stage.mailboxProviders },
      permissions: [
        tracesPermission(
          ["GetItem"],
          ["address#*", "buyer#*", "mailbox#*", "mail#*", "passkey#*", "passkeys#*", "push#*", "pushes#*"],
        ),
      ],
    },
    "traces.erase": {
      environment: { IDENTITY_TABLE: identity.name, MAILBOX_PROVIDERS: stage.mailboxProviders },
      permissions: [
        tracesPermission(
          ["GetItem", "UpdateItem", "DeleteItem"],
          ["address#*", "buyer#*", "mailbox#*", "passkey#*", "passkeys#*", "push#*", "pushes#*"],
        ),
      ],
    },
    /** Which mails about orders were sent lies beside the addresses that they go to. */
    "mails.mark": {
      environment: { IDENTITY_TABLE: identity.name },
      permissions: [
        {
          actions: ["dynamodb:BatchGetItem"],
          resources: [identity.arn],
          conditions: [
            { test: "ForAllValues:StringLike", variable: "dynamodb:LeadingKeys", values: ["address#*"] },
          ],
        },
        {
          actions: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
          resources: [identity.arn],
          conditions: [
            { test: "ForAllValues:StringLike", variable: "dynamodb:LeadingKeys", values: ["mail#*"] },
          ],
        },
      ],
    },
    /** So do the browsers that are told by push, and what each of them was told. */
    pushes: {
      environment: { IDENTITY_TABLE: identity.name },
      permissions: [
        tracesPermission(["GetItem", "PutItem", "UpdateItem", "DeleteItem"], ["push#*", "pushes#*"]),
      ],
    },
    "pushes.mark": {
      environment: { IDENTITY_TABLE: identity.name },
      permissions: [tracesPermission(["GetItem", "UpdateItem"], ["push-sent#*"])],
    },
    /** Passkeys lie beside the buyers whose they are; who needs them sees nothing else of that table. */
    passkeys: {
      environment: { IDENTITY_TABLE: identity.name },
      permissions: [
        {
          actions: ["GetItem", "PutItem", "UpdateItem", "DeleteItem"].map((action) => `dynamodb:${action}`),
          resources: [identity.arn],
          conditions: [
            {
              test: "ForAllValues:StringLike",
              variable: "dynamodb:LeadingKeys",
              values: ["passkey#*", "passkeys#*", "passkey-challenge#*"],
            },
          ],
        },
      ],
    },
    identity: {
      environment: { IDENTITY_TABLE: identity.name, MAILBOX_PROVIDERS: stage.mailboxProviders },
      permissions: [
        {
          actions: ["GetItem", "PutItem", "UpdateItem", "DeleteItem"].map((action) => `dynamodb:${action}`),
          resources: [identity.arn],
        },
      ],
    },
  } satisfies Record<string, Grant>;
  return { grants };
}

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
