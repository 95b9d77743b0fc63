import { type HttpName, httpFunction, httpNames } from "../core/topology.ts";
import { needsOf } from "./function-needs.ts";
import { productFunction } from "./product-function.ts";
import { stage } from "./stage.ts";
import { titleOf } from "./title-of.ts";
import type { World } from "./world.ts";

/** The HTTP API and the rendered pages: one function a route, so that each has just the rights that its route needs. */
export function createApi(world: World) {
  const api = new sst.aws.ApiGatewayV2("Api", {
    // One origin with the site: no other site's script may call it.
    cors: false,
    accessLog: { retention: stage.logs },
    transform: {
      stage: (args) => {
        args.defaultRouteSettings = {
          throttlingRateLimit: stage.api.rate,
          throttlingBurstLimit: stage.api.burst,
          detailedMetricsEnabled: true,
        };
      },
    },
  });
  const { PurchaseFunction, alias } = createPurchase(world);
  for (const name of httpNames) {
    const title = titleOf(name);
    const key = httpFunction(name).route;
    if (name === "purchase") {
      api.route(key, alias?.arn ?? PurchaseFunction.arn, { name: title });
      continue;
    }
    const route = api.route(key, functionOf(name, world), { name: title });
    world.alarms.watchFunction(title, route.nodes.function);
  }
  watchApi(api, world);
  return { api, purchase: alias && { lambda: PurchaseFunction, alias } };
}

const functionOf = (name: HttpName, world: World) =>
  productFunction(httpFunction(name), ["origin", ...needsOf(name)], world);

/**
 * The purchase is called through the alias `live`: warm environments belong to an alias, and a rollback is pointing it
 * at the version before.
 */
function createPurchase(world: World) {
  const PurchaseFunction = new sst.aws.Function("Purchase", {
    ...functionOf("purchase", world),
    versioning: !$dev,
  });
  world.alarms.watchFunction("Purchase", PurchaseFunction);
  if ($dev) return { PurchaseFunction, alias: undefined };
  const alias = new aws.lambda.Alias("PurchaseLive", {
    name: "live",
    functionName: PurchaseFunction.name,
    functionVersion: PurchaseFunction.nodes.function.version,
  });
  return { PurchaseFunction, alias };
}

export type Purchase = ReturnType<typeof createApi>["purchase"];

function watchApi(api: sst.aws.ApiGatewayV2, { alarms: { watch } }: World): void {
  const metric = (metricName: string) => ({
    namespace: "AWS/ApiGateway",
    metricName,
    dimensions: { ApiId: api.nodes.api.id },
  });
  watch("ApiFaults", { ...metric("5xx"), statistic: "Sum", above: 10, minutes: 2 });
  watch("ApiSlow", { ...metric("Latency"), extendedStatistic: "p99", above: 2_000, minutes: 3 });
}
