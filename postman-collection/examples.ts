import type { GenericSchema, InferInput } from "valibot";
import { renditionsOf } from "../core/contract/renditions.ts";
import type { RouteName, routes } from "../core/contract/routes.ts";

type Routes = typeof routes;
type WithBody = {
  [Name in RouteName]: Routes[Name] extends { readonly body: GenericSchema } ? Name : never;
}[RouteName];

/** Where a file's bytes go, in base64. */
const FILE = "UklGRgAAAABXRUJQ";

/** A browser's answer; nobody can write one by hand. */
const passkey = {
  id: "{{passkeyId}}",
  rawId: "{{passkeyId}}",
  type: "public-key" as const,
  response: {},
};

/** A browser's own key: the base point of P-256, which is nobody's. */
const POINT = "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU";

/** What each request with a body sends; `{{…}}` is filled in from the collection's variables. */
export const bodies: { readonly [Name in WithBody]: InferInput<Routes[Name]["body"]> } = {
  purchase: { saleId: "{{saleId}}", quantity: 1 },
  joinLine: { quantity: 1 },
  remindMe: { language: "en" },
  requestInvitation: {},
  changeGuests: { how: "add", csv: "address\r\nada@example.com\r\n" },
  addPasskey: { response: passkey, name: "My phone" },
  addPush: {
    endpoint: "https://fcm.googleapis.com/fcm/send/{{pushId}}",
    keys: { p256dh: POINT, auth: "AAAAAAAAAAAAAAAAAAAAAA" },
    language: "en",
  },
  passkeySignIn: { response: passkey, transport: "bearer" },
  changeLine: { admissionsPerSecond: 20 },
  undoCheckedLater: { list: 0, why: "network" },
  requestCode: { email: "{{email}}" },
  signIn: { challenge: "{{challenge}}", code: "{{code}}", transport: "bearer" },
  createSale: {
    name: "Meridian turntable",
    priceMinor: 34_900,
    currency: "EUR",
    allocated: 100,
    purchaseLimit: 1,
    startsAt: "{{startsAt}}",
  },
  openPayment: { locale: "en" },
  updateSale: { allocated: 120 },
  previewLink: { hours: 24 },
  preview: { token: "{{previewToken}}" },
  cancelOrder: { units: 1, isWithheld: false, reason: "Damaged in the warehouse" },
  createWebhookEndpoint: {
    name: "Shop",
    url: "https://shop.example.com/webhooks",
    notify: "{{email}}",
    types: ["order.confirmed"],
  },
  changeWebhookEndpoint: { state: "paused" },
  rotateWebhookSecret: { overlapHours: 24 },
  redeliverWebhooks: { from: 1, to: 100 },
  createApiKey: { name: "Shop", scopes: ["orders:read", "events:read"] },
  decideGo: { decision: "go", revision: 1, note: "" },
  changeRole: { email: "{{email}}", role: "viewer" },
  exportBuyer: { who: "{{email}}" },
  eraseBuyer: { who: "{{email}}" },
  redriveDeadLetters: { messageIds: ["5fd5ee52-1c0a-4c9e-9f0e-2b9c1f1f7a10"] },
  refundOrder: { kind: "amount", amountMinor: 500, reason: "Scratched, and kept" },
  withdraw: { units: 1 },
  bringSignature: { signature: "{{signature}}" },
  startRehearsal: { buyers: 200, units: 50, fault: "redis_loss", payment: "none" },
  stepRehearsal: { step: "purge" },
  storePicture: {
    format: "webp",
    renditions: Object.fromEntries(renditionsOf("webp").map(({ name }) => [name, FILE])),
  },
};
