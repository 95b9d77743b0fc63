import { httpFunction, type HttpName } from "../core/topology.ts";
import { stage } from "./stage.ts";

/**
 * Shares of the rate that the API lets through. The account's limit is one for all routes, so that whoever only looks could
 * take it from those who buy: together all that shoppers' pages ask for have less than the purchase.
 */
const shares: Partial<Readonly<Record<HttpName, number>>> = {
  purchase: 0.6,
  plainPurchase: 0.034,
  // Asked each second by everybody who has bought, until it is confirmed.
  order: 0.08,
  // Everybody once, spread over minutes, and before it the puzzle: fewer of these would send honest people into lane 1. A turn is
  // looked up when it comes.
  lineChallenge: 0.046,
  joinLine: 0.046,
  lineEntries: 0.012,
  // The CDN alone asks for these.
  salePage: 0.006,
  listSales: 0.006,
  picture: 0.006,
  line: 0.006,
  fairness: 0.004,
  fairnessLog: 0.004,
  fairnessList: 0.004,
  fairnessOrders: 0.004,
  bringSignature: 0.004,
  // Now and then, by people who have an order.
  withdraw: 0.002,
  orderReceipt: 0.002,
  evidenceKeys: 0.001,
  remindMe: 0.004,
  unsubscribe: 0.002,
  leaveLine: 0.004,
  // The CDN alone asks for it.
  pastSales: 0.004,
  forgetReminder: 0.002,
  reminder: 0.004,
  // Each guest once, in the days before; whoever signs in by passkey.
  requestInvitation: 0.004,
  passkeyChallenge: 0.002,
  passkeySignIn: 0.002,
  passkeys: 0.001,
  passkeyOptions: 0.001,
  addPasskey: 0.001,
  removePasskey: 0.001,
  // Somebody who waits, once; from the account page now and then.
  pushes: 0.001,
  addPush: 0.001,
  removePush: 0.001,
  // Whoever was sent a link looks at it.
  preview: 0.002,
  // The provider takes 25 payments a second; its own messages come a few for each.
  openPayment: 0.005,
  cancelHold: 0.003,
  paymentWebhook: 0.006,
};
/** Of every other route: shared ones are asked for by the CDN alone, a few times a second. */
const OTHER_SHARE = 0.012;

const throttle = (share: number) => ({
  throttlingRateLimit: Math.ceil(stage.api.rate * share),
  throttlingBurstLimit: Math.ceil(stage.api.burst * share),
  // Paid by route and metric, for each hour in which a request comes: the functions' own metrics tell as much.
  detailedMetricsEnabled: false,
});

export const purchaseRate = throttle(shares.purchase ?? 0).throttlingRateLimit;

type StageArgs = Partial<aws.apigatewayv2.StageArgs>;

/** Limits each route of the API. AWS refuses settings of a route that is not there yet: the stage must wait for these. */
export function throttleRoutes(args: StageArgs): void {
  args.defaultRouteSettings = throttle(OTHER_SHARE);
  args.routeSettings = throttledRoutes.map((name) => ({
    routeKey: httpFunction(name).route,
    ...throttle(shares[name] ?? OTHER_SHARE),
  }));
}

export const throttledRoutes = Object.keys(shares) as HttpName[];
