import { httpFunction, type HttpName } from "../core/topology.ts";
import type { GrantName } from "./grants.ts";

const reading = ["sessions", "gate", "orders", "ledger.read"] as const;
const observation = [...reading, "queue.measure", "deadLetters.measure"] as const;
const administration = [...reading, "ledger.put"] as const;
const signIn = ["sessions", "staff", "identity", "mail"] as const;
const purchase = ["sessions", "gate", "ledger.read", "ledger.put", "queue.send"] as const;

const httpNeeds: Partial<Readonly<Record<HttpName, readonly GrantName[]>>> = {
  purchase,
  saleStatus: ["gate", "ledger.read"],
  listSales: ["gate", "ledger.read"],
  picture: ["pictures.read"],
  storePicture: ["sessions", "pictures.put"],
  createSale: [...administration, "pictures.read"],
  updateSale: [...administration, "pictures.read"],
  order: ["sessions", "ledger.read"],
  myOrders: ["sessions", "ledger.read"],
  buyerOrders: ["sessions", "ledger.read"],
  requestCode: signIn,
  signIn,
  session: ["sessions"],
  signOut: [],
  adminSales: reading,
  saleOrders: reading,
  orderHistory: ["sessions", "orders"],
  cancelOrder: ["sessions", "orders", "ledger.read", "ledger.put", "queue.send"],
  saleAudit: reading,
  saleNumbers: observation,
  saleReconciliation: observation,
  health: [],
  ready: ["gate", "ledger.read", "queue.measure"],
  openapi: [],
  salePage: ["site", "ledger.read"],
  plainSales: ["gate", "ledger.read"],
  plainSale: ["sessions", "gate", "ledger.read"],
  plainOrder: ["sessions", "ledger.read"],
  plainCode: ["site", ...signIn],
  plainSession: ["site", ...signIn],
  plainSignOut: ["site"],
  plainPurchase: ["site", ...purchase],
};

/**
 * What a route's function is granted: just what its loadConfig asks for (a test compares), and the AWS actions that it
 * calls (the deployed bundles are run under exactly these). PostgreSQL is for administration, consumer, guardian,
 * operations and migrations alone.
 */
export function needsOf(name: HttpName): readonly GrantName[] {
  const isAdministration = / \/api\/admin\//.test(httpFunction(name).route);
  const needs = httpNeeds[name] ?? (isAdministration ? administration : undefined);
  if (!needs) throw new Error(`Say in stacks/function-needs.ts what the function of ${name} needs.`);
  return needs;
}

export const consumerNeeds: readonly GrantName[] = ["gate", "orders", "ledger.read", "ledger.mark"];

export const guardianNeeds: readonly GrantName[] = [
  "gate",
  "orders",
  "ledger.read",
  "ledger.put",
  "ledger.mark",
  "ledger.lease",
  "queue.send",
  "queue.measure",
  "deadLetters.measure",
];

export const operationsNeeds: readonly GrantName[] = [...guardianNeeds, "deadLetters.redrive"];
