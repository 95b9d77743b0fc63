import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { shopVariables } from "../../core/contract/shop.ts";
import { ACCOUNT, REGION } from "./mocks.ts";
import { settings } from "./sst.ts";
import { stages } from "./synthesize.ts";
import { type Statement, statementsOf, view } from "./view.ts";

/** SES asks for whichever identity the sender is verified by; the condition names the only sender. */
const isBoundToSender = ({ Action, Condition }: Statement) =>
  Action.join() === "ses:SendEmail" &&
  isDeepStrictEqual(Condition, { StringEquals: { "ses:FromAddress": [settings.MAIL_FROM] } });

describe.each(stages)("%s: mail", (stage) => {
  const { all, functions } = view(stage);

  test("no stage makes an identity of SES: it belongs to the account, and a person has verified it", () => {
    const kinds = ["sesv2/emailIdentity", "sesv2/configurationSet", "ses/emailIdentity"];
    expect(kinds.flatMap((kind) => all(kind))).toEqual([]);
  });

  test("whoever sends codes may do so by any identity and configuration set, from the one address alone", () => {
    const senders = all("iam/role").flatMap((role) =>
      statementsOf(role).flatMap((statement) =>
        statement.Action.includes("ses:SendEmail") ? [{ name: role.name, statement }] : [],
      ),
    );
    const sending = functions().filter(({ variables }) => "MAIL_FROM" in variables);
    expect(senders).toHaveLength(sending.length);
    expect(sending.length).toBeGreaterThan(0);
    for (const { statement } of senders) {
      expect(isBoundToSender(statement)).toBe(true);
      expect(statement.Resource).toEqual([
        `arn:aws:ses:${REGION}:${ACCOUNT}:identity/*`,
        `arn:aws:ses:${REGION}:${ACCOUNT}:configuration-set/*`,
      ]);
    }
  });
});

describe.each(stages)("%s: rights", (stage) => {
  const { all } = view(stage);

  test("no wildcard action or resource in any inline policy", () => {
    const statements = all("iam/role").flatMap(statementsOf);
    // Whole lists are compared, so that a failure names the culprit.
    const wild = statements.filter(({ Action, Resource }) =>
      [...Action, ...Resource].some((text) => text.includes("*")),
    );
    // `sst dev` forwards a function's calls through AppSync under a role of SST's own making.
    const foreign =
      stage === "dev"
        ? wild.filter(({ Action }) => !Action.some((action) => /appsync|s3:/.test(action)))
        : wild;
    expect(foreign.filter((statement) => !isBoundToSender(statement))).toEqual([]);
    expect(statements.length).toBeGreaterThan(10);
  });

  test("managed policies are AWS's own for logs, network and traces", () => {
    const names = all("iam/role").flatMap((role) => (role.inputs["managedPolicyArns"] ?? []) as string[]);
    expect([...new Set(names.map((arn) => arn.split("/").at(-1) ?? ""))].sort()).toEqual(
      stage === "dev"
        ? ["AWSLambdaBasicExecutionRole", "AWSXRayDaemonWriteAccess"]
        : ["AWSLambdaBasicExecutionRole", "AWSLambdaVPCAccessExecutionRole", "AWSXRayDaemonWriteAccess"],
    );
  });
});

describe.each(["production", "preview"] as const)("%s: who reaches what", (stage) => {
  const { resourceOf, all, functions } = view(stage);

  test("each role is trusted to its one service", () => {
    const trusted = all("iam/role").map(({ name, inputs }) => {
      const policy = inputs["assumeRolePolicy"] as string | object;
      const { Statement } = (typeof policy === "string" ? JSON.parse(policy) : policy) as {
        Statement: { Principal: unknown }[];
      };
      const service =
        name.endsWith("GuardianRole") ||
        /^(WarmUp|Canary|Beacon|DrawResults|Erasures|Payments|StaffMails|Webhooks)Role$/.test(name)
          ? "scheduler"
          : "lambda";
      return { name, service, principals: Statement.map(({ Principal }) => Principal) };
    });
    for (const { name, service, principals } of trusted)
      expect({ name, principals }).toEqual({ name, principals: [{ Service: `${service}.amazonaws.com` }] });
  });

  const names = (group: string) =>
    functions()
      .filter(({ securityGroups }) => securityGroups.some((id) => id.startsWith(group)))
      .map(({ name }) =>
        name
          .replace(/^ApiRoute|Handler$/g, "")
          .replace(/^OrderQueueSubscriber.*/, "Consumer")
          .replace(/^WebhookReportQueueSubscriber.*/, "WebhookReporter"),
      )
      .sort();

  test("PostgreSQL: administration, previews by their link, consumer, guardian, operations and migrations alone", () => {
    const administration = [
      "AdminSales",
      "CancelOrder",
      "ChangeGuests",
      "CreateSale",
      "EndSale",
      "GuestList",
      "OrderHistory",
      "PauseSale",
      "ResumeSale",
      "SaleAudit",
      "SaleNumbers",
    ];
    const more = [
      "SaleOrders",
      "SalePreflight",
      "SaleReconciliation",
      "UndoCheckedLater",
      "UpdateSale",
      "Preview",
      "PreviewLink",
      "RefundOrder",
    ];
    const integrations = [
      "Events",
      "WebhookEndpoints",
      "CreateWebhookEndpoint",
      "ChangeWebhookEndpoint",
      "DeleteWebhookEndpoint",
      "RotateWebhookSecret",
      "TestWebhookEndpoint",
      "WebhookDeliveries",
      "RedeliverWebhooks",
      "ApiKeys",
      "CreateApiKey",
      "RevokeApiKey",
      "Webhooks",
      "WebhookReporter",
    ];
    const admins = ["Acts", "ChangeRole", "EraseBuyer", "Erasures", "ExportBuyer", "People"];
    const others = ["Consumer", "Erasures", "Guardian", "Migrations", "Operations"];
    const recording = ["DecideGo", "RedriveDeadLetters", "SaleReport", "SaleReportOrders", "StorePicture"];
    const rehearsals = ["ListRehearsals", "StartRehearsal", "StepRehearsal"];
    const whole = [
      ...administration,
      ...more,
      ...admins,
      ...recording,
      ...integrations,
      ...rehearsals,
      ...others,
    ];
    expect(names("OrdersClients")).toEqual(whole.sort());
  });

  test("who calls the merchants' endpoints is in no network, and reaches of ours one queue and SES alone", () => {
    const sender = functions().find(({ name }) => name.startsWith("WebhookQueueSubscriber"))!;
    expect(sender.securityGroups).toEqual([]);
    const role = all("iam/role").find(({ name }) => name.startsWith("WebhookQueueSubscriber"))!;
    const does = statementsOf(role).map(({ Action, Resource }) => [Action.join(" "), Resource.length]);
    const sends = statementsOf(role).filter(({ Action }) => Action.includes("sqs:SendMessage"));
    expect(does.map(([actions]) => actions)).toEqual(
      expect.arrayContaining(["sqs:SendMessage", "ses:SendEmail"]),
    );
    expect(sends.flatMap(({ Resource }) => Resource)).toEqual([
      expect.stringContaining("WebhookReportQueue"),
    ]);
    const reached = statementsOf(role).flatMap(({ Resource }) => Resource);
    expect(reached.filter((arn) => /:dynamodb:|:rds:|OrderQueue|MailQueue/.test(arn))).toEqual([]);
  });

  test("who calls browsers' push services is in no network, and of the buyers' table sees the browsers alone", () => {
    const sender = functions().find(({ name }) => name.startsWith("PushQueueSubscriber"))!;
    expect(sender.securityGroups).toEqual([]);
    const statements = statementsOf(
      all("iam/role").find(({ name }) => name.startsWith("PushQueueSubscriber"))!,
    );
    const onIdentity = statements.filter(({ Resource }) =>
      Resource.some((arn) => arn.includes("IdentityTable")),
    );
    const keys = onIdentity
      .flatMap(({ Condition }) => Object.values(Condition ?? {}).flatMap(Object.values))
      .flat();
    expect(new Set(keys)).toEqual(new Set(["push#*", "pushes#*", "push-sent#*"]));
    const sends = statements.filter(({ Action }) => Action.includes("sqs:SendMessage"));
    expect(sends.flatMap(({ Resource }) => Resource)).toEqual([expect.stringContaining("PushQueue")]);
    expect(statements.flatMap(({ Action }) => Action).filter((action) => /^(ses|rds)/.test(action))).toEqual(
      [],
    );
  });

  test("the table of the pictures: who shows them and who names them read it, who stores them writes, and no more", () => {
    const on = all("iam/role").flatMap((role) =>
      statementsOf(role)
        .filter(({ Resource }) => Resource.some((arn) => arn.includes("PicturesTable")))
        .map(({ Action }) => `${role.name.replace(/^ApiRoute|HandlerRole$/g, "")} ${Action.join(" ")}`),
    );
    expect(on.sort()).toEqual([
      "CreateSale dynamodb:GetItem",
      "Picture dynamodb:GetItem",
      "StorePicture dynamodb:PutItem",
      "UpdateSale dynamodb:GetItem",
    ]);
  });

  test("the beacon's rounds: who takes and who fetches them touch nothing else of the ledger's table, and are in no network", () => {
    const beacon = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["beacon"] } };
    for (const name of ["ApiRouteBringSignatureHandler", "BeaconHandler"]) {
      const statements = statementsOf(resourceOf("iam/role", `${name}Role`)).filter(({ Resource }) =>
        Resource.some((arn) => arn.includes("LedgerTable")),
      );
      expect(statements.length).toBeGreaterThan(1);
      for (const { Condition } of statements) expect(Condition).toEqual(beacon);
      const found = functions().find((candidate) => candidate.name === name);
      expect(found?.securityGroups).toEqual([]);
    }
  });

  test("who speaks to the payment provider is in no network, and takes orders off its list alone", () => {
    const routes = [
      "OpenPayment",
      "CancelHold",
      "PaymentWebhook",
      "PlainPayment",
      "PlainCancel",
      "PlainReturn",
    ];
    const paying = [...routes.map((name) => `ApiRoute${name}Handler`), "PaymentsHandler"];
    for (const name of paying) expect([name, inNetwork(name).securityGroups]).toEqual([name, []]);
    const deleting = all("iam/role").flatMap((role) =>
      statementsOf(role)
        .filter(({ Action }) => Action.includes("dynamodb:DeleteItem"))
        .filter(({ Condition }) => JSON.stringify(Condition ?? {}).includes("payments#open"))
        .map(() => role.name),
    );
    expect(deleting).toEqual(["PaymentsHandlerRole"]);
  });

  test("the lists of guests: who reads, binds or changes them touches nothing else of the lines' table by that right", () => {
    const guests = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["guests#*"] } };
    const on = all("iam/role").flatMap((role) =>
      statementsOf(role)
        .filter(({ Condition }) => isDeepStrictEqual(Condition, guests))
        .map(({ Action }) => {
          const does = Action.map((action) => action.replace("dynamodb:", "")).join(" ");
          return `${role.name.replace(/^ApiRoute|HandlerRole$/g, "")}: ${does}`;
        }),
    );
    expect(on.toSorted()).toEqual([
      "ChangeGuests: Query BatchWriteItem DeleteItem",
      "DrawResults: GetItem",
      "EraseBuyer: GetItem PutItem UpdateItem",
      "Erasures: GetItem PutItem UpdateItem",
      "GuestList: Query",
      "OperationsRole: GetItem PutItem UpdateItem",
      "PlainInvitation: GetItem PutItem UpdateItem",
      "PlainRemind: GetItem",
      "PlainSale: GetItem PutItem UpdateItem",
      "RemindMe: GetItem",
      "Reminder: GetItem",
      "RequestInvitation: GetItem PutItem UpdateItem",
    ]);
  });

  test("who speaks to the merchant's own sign-in is in no network", () => {
    for (const name of ["ApiRoutePlainOpenIdHandler", "ApiRoutePlainOpenIdReturnHandler"])
      expect([name, inNetwork(name).securityGroups]).toEqual([name, []]);
  });

  test("the table of the buyers: signing in works with it, few look addresses up, one writes to them, passkeys are kept, deletion erases what leads to a buyer, staff see their roll, all others ended sessions alone", () => {
    const lists = {
      "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["revoked#shopper", "revoked#staff"] },
    };
    const on = all("iam/role").flatMap((role) =>
      statementsOf(role)
        .filter(({ Resource }) => Resource.some((arn) => arn.includes("IdentityTable")))
        .map(({ Action, Condition }) => ({
          name: role.name.replace(/^ApiRoute|(Handler)?Role$/g, ""),
          does: Action.map((action) => action.replace("dynamodb:", "")).join(" "),
          Condition,
        })),
    );
    const whole = on.filter(({ Condition }) => Condition === undefined).map(({ name }) => name);
    expect(whole.sort()).toEqual(["PlainCode", "PlainOpenIdReturn", "PlainSession", "RequestCode", "SignIn"]);
    const addresses = {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["address#*", "buyer#*"] },
    };
    const isOf = (condition: object) => (entry: (typeof on)[number]) =>
      JSON.stringify(entry.Condition) === JSON.stringify(condition);
    const looking = on.filter(isOf(addresses)).map(({ name, does }) => `${name}: ${does}`);
    expect(looking.toSorted()).toEqual([
      "Acts: GetItem BatchGetItem",
      "AddPasskey: GetItem BatchGetItem",
      "ApiKeys: GetItem BatchGetItem",
      "ChangeRole: GetItem BatchGetItem",
      "CreateApiKey: GetItem BatchGetItem",
      "DecideGo: GetItem BatchGetItem",
      "DrawResults: GetItem BatchGetItem",
      "PasskeyChallenge: GetItem BatchGetItem",
      "PasskeyOptions: GetItem BatchGetItem",
      "PasskeySignIn: GetItem BatchGetItem",
      "Passkeys: GetItem BatchGetItem",
      "PlainInvitation: GetItem BatchGetItem",
      "PlainRemind: GetItem BatchGetItem",
      "PlainSale: GetItem BatchGetItem",
      "RemindMe: GetItem BatchGetItem",
      "Reminder: GetItem BatchGetItem",
      "RemovePasskey: GetItem BatchGetItem",
      "RequestInvitation: GetItem BatchGetItem",
      "SaleAudit: GetItem BatchGetItem",
      "SaleOrders: GetItem BatchGetItem",
      "SalePreflight: GetItem BatchGetItem",
      "UndoCheckedLater: GetItem BatchGetItem",
    ]);
    const mailing = on.filter(({ name }) => name.startsWith("MailQueueSubscriber"));
    expect(mailing.map(({ does, Condition }) => `${does}: ${JSON.stringify(Condition)}`)).toEqual([
      'BatchGetItem: {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["address#*"]}}',
      'GetItem UpdateItem: {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["mail#*"]}}',
    ]);
    const passkeys = {
      "ForAllValues:StringLike": {
        "dynamodb:LeadingKeys": ["passkey#*", "passkeys#*", "passkey-challenge#*"],
      },
    };
    const keeping = on.filter(isOf(passkeys));
    expect(keeping.map(({ name }) => name).toSorted()).toEqual([
      "AddPasskey",
      "PasskeyChallenge",
      "PasskeyOptions",
      "PasskeySignIn",
      "Passkeys",
      "RemovePasskey",
    ]);
    const others = on.filter((entry) => !mailing.includes(entry) && !keeping.includes(entry));
    const roll = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["staff"] } };
    const writingRoll = others.filter(isOf(roll)).filter(({ does }) => does !== "GetItem");
    expect(writingRoll.map(({ name, does }) => `${name}: ${does}`).toSorted()).toEqual([
      "ChangeRole: PutItem",
      "Erasures: PutItem",
      "People: PutItem",
    ]);
    const ofOne = {
      "ForAllValues:StringLike": {
        "dynamodb:LeadingKeys": [
          "address#*",
          "buyer#*",
          "mailbox#*",
          "passkey#*",
          "passkeys#*",
          "push#*",
          "pushes#*",
        ],
      },
    };
    const seen = {
      "ForAllValues:StringLike": {
        "dynamodb:LeadingKeys": [
          "address#*",
          "buyer#*",
          "mailbox#*",
          "mail#*",
          "passkey#*",
          "passkeys#*",
          "push#*",
          "pushes#*",
        ],
      },
    };
    const tracing = others.filter((entry) => isOf(ofOne)(entry) || isOf(seen)(entry));
    expect(tracing.map(({ name, does }) => `${name}: ${does}`).toSorted()).toEqual([
      "EraseBuyer: GetItem UpdateItem DeleteItem",
      "Erasures: GetItem UpdateItem DeleteItem",
      "ExportBuyer: GetItem",
      "Operations: GetItem",
      "Operations: GetItem UpdateItem DeleteItem",
    ]);
    // Until when sessions may run is noted beside the address.
    const ofNote = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["address#*"] } };
    const noting = others.filter(isOf(ofNote));
    expect(noting.map(({ name, does }) => `${name}: ${does}`)).toEqual(["PasskeySignIn: UpdateItem"]);
    // Browsers that are told by push, and the mark that each was told once.
    const browsersKeys = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["push#*", "pushes#*"] } };
    const sentKeys = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["push-sent#*"] } };
    const telling = others.filter((entry) => isOf(browsersKeys)(entry) || isOf(sentKeys)(entry));
    const tellingNames = telling.map(({ name }) => name.replace(/Subscriber.*/, "Subscriber"));
    expect(tellingNames.toSorted()).toEqual([
      "AddPush",
      "PasskeySignIn",
      "PlainSignOut",
      "PushQueueSubscriber",
      "PushQueueSubscriber",
      "Pushes",
      "RemovePush",
      "SignOut",
    ]);
    const known = [...others.filter(isOf(roll)), ...tracing, ...noting, ...telling];
    const part = others.filter(
      (entry) => entry.Condition !== undefined && !isOf(addresses)(entry) && !known.includes(entry),
    );
    expect(part.filter((entry) => !isOf(lists)(entry))).toEqual([]);
    const ending = part.filter(({ does }) => does === "UpdateItem").map(({ name }) => name);
    expect(ending.sort()).toEqual(["PlainSignOut", "SignOut"]);
    const reading = part.filter(({ does }) => does === "GetItem").map(({ name }) => name);
    expect(reading).toEqual(expect.arrayContaining(["Purchase", "PlainPurchase", "EndSale", "Session"]));
    expect(reading.length + ending.length).toBe(part.length);
  });

  test.each([
    ["Orders", 5432, "rds/instance", "vpcSecurityGroupIds"],
    ["Gate", 6379, "elasticache/replicationGroup", "securityGroupIds"],
  ] as const)(
    "the door of %s admits its clients' group on port %i, and nobody else",
    (store, port, kind, key) => {
      expect(resourceOf(kind).inputs[key]).toEqual([`${store}Door-id`]);
      const { ingress } = resourceOf("ec2/securityGroup", `${store}Door`).inputs as { ingress: object[] };
      expect(ingress).toEqual([
        { protocol: "tcp", fromPort: port, toPort: port, securityGroups: [`${store}Clients-id`] },
      ]);
    },
  );

  const rightsOf = (name: string) =>
    statementsOf(resourceOf("iam/role", `${name}Role`)).map(({ Action, Resource }) => ({ Action, Resource }));
  const inNetwork = (name: string) => functions().find((lambda) => lambda.name === name)!;

  test("buying without script has the rights of buying; a sale's page only reads", () => {
    const [json, form, page] = [
      "Purchase",
      "ApiRoutePlainPurchaseHandler",
      "ApiRouteSalePageHandler",
    ] as const;
    expect(rightsOf(form)).toEqual(rightsOf(json));
    expect(inNetwork(form).securityGroups).toEqual(inNetwork(json).securityGroups);
    const { variables } = inNetwork(form);
    // Its page speaks in the shop's name.
    const shop = Object.keys(variables).filter((name) => name.startsWith("SHOP_"));
    expect(shop.toSorted()).toEqual(Object.values(shopVariables).toSorted());
    const others = Object.fromEntries(Object.entries(variables).filter(([name]) => !shop.includes(name)));
    expect(others).toEqual(inNetwork(json).variables);
    const SITE_URL = "https://d111111abcdef8.cloudfront.net";
    expect(variables).toMatchObject({ SITE_URL });
    expect(inNetwork(form).inputs["timeout"]).toBe(inNetwork(json).inputs["timeout"]);
    expect(rightsOf(page).flatMap(({ Action }) => Action)).toEqual(["dynamodb:GetItem", "dynamodb:Query"]);
    expect(inNetwork(page)).toMatchObject({ securityGroups: [], variables: { SITE_URL } });
  });

  test("nothing in the network is public: no gateway out, no public address, no open door", () => {
    expect(all("ec2/natGateway")).toEqual([]);
    expect(all("ec2/instance")).toEqual([]);
    expect(all("lambda/functionUrl")).toEqual([]);
    expect(resourceOf("rds/instance").inputs["publiclyAccessible"]).toBe(false);
    for (const { inputs } of all("ec2/securityGroup"))
      expect(JSON.stringify(inputs["ingress"] ?? [])).not.toContain("0.0.0.0/0");
    for (const { inputs } of all("s3/bucketPublicAccessBlock"))
      expect(inputs).toMatchObject({ blockPublicAcls: true, restrictPublicBuckets: true });
  });

  test("every function in the network may speak to the endpoints of DynamoDB and SQS", () => {
    const inside = functions().filter(({ securityGroups }) => securityGroups.length > 0);
    const cutOff = inside.filter(({ securityGroups }) => !securityGroups.includes("FunctionGroup-id"));
    expect(cutOff.map(({ name }) => name)).toEqual([]);
    const endpoints = all("ec2/vpcEndpoint").map(({ inputs }) => inputs["serviceName"] as string);
    expect(endpoints.sort()).toEqual(["com.amazonaws.us-east-1.dynamodb", "com.amazonaws.us-east-1.sqs"]);
  });
});
