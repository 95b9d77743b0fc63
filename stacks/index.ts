import { watchAccount } from "./account-alarms.ts";
import { createAlarms } from "./alarms.ts";
import { purchaseRate } from "./api-throttles.ts";
import { createApi } from "./api.ts";
import { createBudget } from "./budget.ts";
import { beacon } from "./beacon.ts";
import { canary } from "./canary.ts";
import { createConsumers } from "./consumer.ts";
import { createDashboard } from "./dashboard.ts";
import { drawResults } from "./draw-results.ts";
import { createEdge, routeToApi } from "./edge.ts";
import { applyFunctionDefaults } from "./function-defaults.ts";
import { createGate } from "./gate.ts";
import { guardian } from "./guardian.ts";
import { createLedger } from "./ledger.ts";
import { createMail } from "./mail.ts";
import { createMigrations } from "./migrations.ts";
import { createNetwork } from "./network.ts";
import { createOpenId } from "./openid.ts";
import { createOperations } from "./operations.ts";
import { createOrders } from "./orders.ts";
import { createPayments, payments } from "./payments.ts";
import { createPushes } from "./pushes.ts";
import { createQueue } from "./queue.ts";
import { createSecrets } from "./secrets.ts";
import { createSite } from "./site.ts";
import { shopGrants } from "./shop.ts";
import { createSchedules } from "./schedules.ts";
import { warmUp } from "./warm-up.ts";
import { stage } from "./stage.ts";
import { createWebhooks, webhooks } from "./webhooks.ts";
import type { World } from "./world.ts";

/** The whole system. Each part says what a function needs to use it; `world` hands that to whoever makes functions. */
export function createStack() {
  applyFunctionDefaults();
  const alarms = createAlarms();
  const secrets = createSecrets();
  const network = createNetwork();
  const gate = createGate({ network, alarms });
  const ledger = createLedger({ alarms });
  const orders = createOrders({ network, alarms });
  const queue = createQueue({ alarms });
  const paid = createPayments({ alarms });
  const mail = createMail({ alarms });
  const merchant = createWebhooks({ alarms });
  const pushed = createPushes({ alarms });
  const openId = createOpenId();
  const edge = createEdge({ secrets, alarms });
  const grants = {
    ...secrets.grants,
    ...gate.grants,
    ...ledger.grants,
    ...orders.grants,
    ...queue.grants,
    ...paid.grants,
    ...mail.grants,
    ...merchant.grants,
    ...pushed.grants,
    ...openId.grants,
    ...edge.grants,
    ...shopGrants,
  };
  const schema = createMigrations({ network, grants });
  const world: World = { network, alarms, grants, schema };

  const { api, purchase } = createApi(world);
  createConsumers(world, queue, paid, merchant, pushed);
  createSchedules(world, {
    guardian,
    beacon,
    drawResults,
    payments,
    webhooks,
    erasures: {},
    staffMails: {},
    warmUp: warmUp(purchase),
    canary,
  });
  const operators = createOperations(world);
  routeToApi(edge.router, api);
  createSite({ router: edge.router, api });
  createDashboard({ api, queue, gate, orders });
  watchAccount(alarms);
  createBudget();
  return {
    site: edge.url,
    region: aws.getRegionOutput().region,
    prefix: stage.prefix,
    ...operators,
    purchase: purchase?.lambda.name ?? "",
    attemptsPerSecond: stage.warm.attemptsPerSecond,
    apiRate: purchaseRate,
    gateInstance: stage.gate.instance,
  };
}
