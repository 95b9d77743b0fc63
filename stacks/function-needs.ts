import { type ConsumerName, httpFunction, type HttpName, type ScheduleName } from "../core/topology.ts";
import { pages } from "../core/contract/pages.ts";
import type { GrantName } from "./grants.ts";

const signedIn = ["sessions", "revocations.read"] as const;
const staffed = [...signedIn, "staff"] as const;
const reading = [...staffed, "gate", "orders", "ledger.read"] as const;
const observation = [...reading, "queue.measure", "deadLetters.measure"] as const;
const administration = [...reading, "ledger.put"] as const;
/** On which tier of a sale a buyer is. */
const tiers = ["addresses.read", "guests.find"] as const;
const signIn = ["sessions", "staff", "identity", "mail", "shop"] as const;
const pushes = [...signedIn, "pushes", "pushes.key"] as const;
const passkeys = [...signedIn, "site", "staff", "shop", "passkeys", "addresses.read"] as const;
/** Outside the network: they reach the provider, and where it leads back to the table of buyers. */
const openId = ["site", "sessions", "openid"] as const;
const purchase = [...signedIn, "gate", "ledger.read", "ledger.put", "queue.send", "line.read"] as const;
const change = [...administration, "line.read"] as const;
/** Of functions that speak to the payment provider: outside the network, where they reach ledger and queue alone. */
const paying = ["provider", "ledger.read", "ledger.put", "queue.send"] as const;
/** Deletion of a buyer's data: what leads to them, in the two tables that have it. */
const erasing = [
  "orders",
  "ledger.read",
  "line.read",
  "line.leave",
  "line.lanes",
  "guests.bind",
  "traces.erase",
] as const;
const signing = ["evidence.secret", "evidence.publish", "site", "shop"] as const;
const publicLine = ["ledger.read", "line.read"] as const;

const httpNeeds: Partial<Readonly<Record<HttpName, readonly GrantName[]>>> = {
  purchase,
  saleStatus: ["gate", ...publicLine],
  listSales: ["gate", "ledger.read"],
  pastSales: ["gate", "ledger.read"],
  preview: ["sessions", "orders"],
  picture: ["pictures.read"],
  storePicture: [...staffed, "orders", "pictures.put"],
  people: [...staffed, "staff.put", "orders"],
  changeRole: [...staffed, "staff.put", "orders", "addresses.read"],
  acts: [...staffed, "orders", "addresses.read"],
  exportBuyer: [...staffed, "gate", "orders", "ledger.read", "line.read", "traces.read"],
  eraseBuyer: [...staffed, ...erasing],
  erasures: [...staffed, "orders"],
  orderReceipt: [...signedIn, "ledger.read", ...signing],
  evidenceKeys: ["evidence.keys"],
  saleReport: [...observation, "line.read", ...signing],
  saleReportOrders: [...staffed, "orders"],
  deadLetters: [...staffed, "queue.send", "deadLetters.redrive"],
  redriveDeadLetters: [...staffed, "orders", "queue.send", "deadLetters.redrive"],
  createSale: [...administration, "pictures.read"],
  updateSale: [...change, "line.put", "pictures.read"],
  pauseSale: change,
  resumeSale: change,
  endSale: change,
  requestInvitation: [...signedIn, "ledger.read", "addresses.read", "guests.bind"],
  guestList: [...staffed, "orders", "guests.read"],
  changeGuests: [...change, "guests.change"],
  joinLine: [...signedIn, "gate", ...publicLine, "line.put"],
  lineChallenge: [...signedIn, "line.read", "line.put"],
  line: ["gate", ...publicLine],
  lineEntries: [...signedIn, "gate", ...publicLine],
  leaveLine: [...signedIn, "gate", ...publicLine, "line.put", "line.leave"],
  remindMe: [...signedIn, ...publicLine, ...tiers, "line.put"],
  reminder: [...signedIn, ...publicLine, ...tiers],
  forgetReminder: [...signedIn, ...publicLine, "line.leave"],
  unsubscribe: ["sessions", ...publicLine, "line.put"],
  fairness: publicLine,
  fairnessLog: publicLine,
  fairnessList: publicLine,
  fairnessOrders: publicLine,
  saleLine: [...staffed, "gate", ...publicLine],
  changeLine: [...staffed, "gate", ...publicLine, "line.put"],
  checkedLater: [...staffed, ...publicLine],
  undoCheckedLater: [...staffed, "orders", "addresses.read", ...publicLine, "line.lanes"],
  order: [...signedIn, "ledger.read"],
  openPayment: [...signedIn, ...paying],
  cancelHold: [...signedIn, ...paying],
  withdraw: [...signedIn, "ledger.read", "ledger.put", "queue.send"],
  paymentWebhook: paying,
  myOrders: [...signedIn, "ledger.read"],
  buyerOrders: [...signedIn, "ledger.read"],
  requestCode: signIn,
  signIn,
  session: signedIn,
  signOut: ["sessions", "revocations.end", "pushes"],
  pushes,
  addPush: [...pushes, "pushes.services"],
  removePush: pushes,
  passkeyChallenge: passkeys,
  passkeySignIn: [...passkeys, "addresses.note", "pushes"],
  passkeys,
  passkeyOptions: passkeys,
  addPasskey: passkeys,
  removePasskey: passkeys,
  bringSignature: ["beacon.read", "beacon.put"],
  adminSales: reading,
  saleOrders: [...reading, "addresses.read"],
  orderHistory: [...staffed, "orders", "ledger.read"],
  cancelOrder: [...staffed, "orders", "ledger.read", "ledger.put", "queue.send"],
  refundOrder: [...staffed, "orders", "ledger.read", "ledger.put", "queue.send"],
  saleAudit: [...staffed, "orders", "addresses.read"],
  saleNumbers: observation,
  salePreflight: [...observation, "addresses.read"],
  decideGo: [...observation, "addresses.read"],
  previewLink: [...staffed, "orders"],
  saleReconciliation: observation,
  events: [...staffed, "orders"],
  webhookEndpoints: [...staffed, "orders"],
  createWebhookEndpoint: [...staffed, "orders", "webhooks.seal"],
  changeWebhookEndpoint: [...staffed, "orders"],
  deleteWebhookEndpoint: [...staffed, "orders"],
  rotateWebhookSecret: [...staffed, "orders", "webhooks.seal"],
  testWebhookEndpoint: [...staffed, "orders"],
  webhookDeliveries: [...staffed, "orders"],
  redeliverWebhooks: [...staffed, "orders"],
  apiKeys: [...staffed, "orders", "addresses.read"],
  createApiKey: [...staffed, "orders", "addresses.read"],
  revokeApiKey: [...staffed, "orders"],
  startRehearsal: [...administration, "rehearsals.ask", "provider.key"],
  listRehearsals: [...staffed, "orders"],
  // Nobody of the staff takes these steps: it needs no roll of them.
  stepRehearsal: [
    ...signedIn,
    "gate",
    "orders",
    "ledger.read",
    "queue.measure",
    "deadLetters.measure",
    "ledger.put",
    "ledger.purge",
    "line.read",
    "line.leave",
  ],
  health: [],
  ready: ["gate", "ledger.read", "queue.measure"],
  openapi: [],
  salePage: ["site", "ledger.read"],
  plainSales: ["gate", "ledger.read"],
  plainPastSales: ["gate", "ledger.read"],
  plainSale: [...signedIn, "site", "gate", ...publicLine, "addresses.read", "guests.bind"],
  plainJoin: [...signedIn, "gate", ...publicLine, "line.put"],
  plainInvitation: [...signedIn, "ledger.read", "addresses.read", "guests.bind"],
  plainLeave: [...signedIn, "gate", ...publicLine, "line.put", "line.leave"],
  plainRemind: [...signedIn, ...publicLine, ...tiers, "line.put", "line.leave"],
  plainUnsubscribe: ["sessions", ...publicLine],
  plainUnsubscribed: ["sessions", ...publicLine, "line.put"],
  plainOrder: [...signedIn, "ledger.read"],
  plainOrders: [...signedIn, "ledger.read"],
  plainCalendar: ["site", "ledger.read"],
  plainCode: signIn,
  plainSession: signIn,
  plainOpenId: openId,
  plainOpenIdReturn: [...openId, "identity"],
  plainSignOut: ["sessions", "revocations.end", "pushes"],
  plainPurchase: purchase,
  plainPayment: [...signedIn, ...paying],
  plainCancel: [...signedIn, ...paying],
  plainWithdraw: [...signedIn, "ledger.read"],
  plainWithdrawal: [...signedIn, "ledger.read", "ledger.put", "queue.send"],
  plainReturn: paying,
};

/**
 * What a route's function is granted: just what its loadConfig asks for (a test compares), and the AWS actions that it
 * calls (the deployed bundles are run under exactly these). PostgreSQL is for administration, consumer, guardian,
 * operations and migrations alone, and for whoever has a link to a preview, which is checked before it is asked.
 */
export function needsOf(name: HttpName): readonly GrantName[] {
  const isAdministration = / \/api\/admin\//.test(httpFunction(name).route);
  const needs = httpNeeds[name] ?? (isAdministration ? administration : undefined);
  if (!needs) throw new Error(`Say in stacks/function-needs.ts what the function of ${name} needs.`);
  // What changes something by a cookie asks whether a page of the site sent it.
  const isUnsafe = !httpFunction(name).route.startsWith("GET ");
  const isPage = name in pages;
  return [...(isUnsafe ? (["site"] as const) : []), ...(isPage ? (["shop"] as const) : []), ...needs];
}

export const consumerNeeds: Readonly<Record<ConsumerName, readonly GrantName[]>> = {
  orderConsumer: [
    "gate",
    "orders",
    "ledger.read",
    "ledger.mark",
    "payments.ask",
    "mails.send",
    "pushes.send",
  ],
  paymentWorker: paying,
  // Outside the network, as shoppers are; of a sale that is paid for it pays, in the provider's test mode, and reads its books.
  rehearsalCrowd: ["site", "sessions", "provider"],
  // Outside the network: it reaches the two tables and SES.
  // Outside the network too, and of ours it reaches one queue: what it calls is whatever a merchant has named.
  webhookSender: ["webhooks.open", "webhooks.report", "mail", "site"],
  webhookReporter: ["orders", "webhooks.send"],
  // So does this one reach the browsers' push services, and of ours the tables alone.
  pushSender: [
    "site",
    "ledger.read",
    "pushes",
    "pushes.mark",
    "pushes.services",
    "pushes.sign",
    "pushes.send",
  ],
  orderMailer: ["site", "shop", "ledger.read", "mails.mark", "mails.pace", "mail"],
};

const guardian: readonly GrantName[] = [
  "gate",
  "orders",
  "ledger.read",
  "ledger.put",
  "ledger.mark",
  "ledger.lease",
  "ledger.forget",
  "queue.send",
  "queue.measure",
  "payments.ask",
  "mails.send",
  "pushes.send",
  "deadLetters.measure",
  "line.read",
  "line.put",
  "line.files",
  "line.lanes",
];

export const scheduleNeeds: Readonly<Record<ScheduleName, readonly GrantName[]>> = {
  guardian,
  beacon: ["beacon.read", "beacon.put", "beacon.need"],
  drawResults: ["line.read", "line.results", "ledger.read", ...tiers, "pushes.send", "mail", "site", "shop"],
  payments: [...paying, "payments.close", "mails.send"],
  webhooks: ["orders", "webhooks.send"],
  erasures: [...erasing, "ledger.purge", "staffRoll.read", "staff.put", "rehearsals.ask"],
  staffMails: ["goAsks.tell", "staff", "mail", "site", "shop"],
  warmUp: ["ledger.read"],
  canary: ["site", "sessions"],
};

export const operationsNeeds: readonly GrantName[] = [
  ...guardian,
  "deadLetters.redrive",
  "line.leave",
  "guests.bind",
  "traces.read",
  "traces.erase",
  "evidence.secret",
  "evidence.publish",
  "evidence.keys",
  "evidence.revoke",
  "site",
  "shop",
];
