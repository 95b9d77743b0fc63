import { headRoute, type HttpName, httpFunction, httpNames } from "../core/topology.ts";
import { throttledRoutes, throttleRoutes } from "./api-throttles.ts";
import { needsOf } from "./function-needs.ts";
import { productFunction } from "./product-function.ts";
import { stage } from "./stage.ts";
import { titleOf } from "./title-of.ts";
import type { World } from "./world.ts";

/** The HTTP API and the rendered pages: one function a route, so that each has just the rights that its route needs. */
export function createApi(world: World) {
  const throttled: $util.Output<$util.Resource>[] = [];
  const { promise: allRoutes, resolve: haveAllRoutes } = Promise.withResolvers<void>();
  const api = new sst.aws.ApiGatewayV2("Api", {
    // One origin with the site: no other site's script may call it.
    cors: false,
    accessLog: { retention: stage.logs },
    transform: {
      stage: (args, options) => {
        throttleRoutes(args);
        options.dependsOn = allRoutes.then<$util.Input<$util.Resource>[]>(() => throttled);
      },
    },
  });
  const { PurchaseFunction, alias } = createPurchase(world);
  for (const name of httpNames) {
    const title = titleOf(name);
    const key = httpFunction(name).route;
    const target = name === "purchase" ? (alias?.arn ?? PurchaseFunction.arn) : functionOf(name, world);
    const { route, integration } = api.route(key, target, { name: title }).nodes;
    if (throttledRoutes.includes(name)) throttled.push(route);
    const routeKey = headRoute(name);
    if (routeKey !== null)
      new aws.apigatewayv2.Route(`Head${title}`, {
        apiId: api.nodes.api.id,
        routeKey,
        target: $interpolate`integrations/${integration.id}`,
      });
  }
  haveAllRoutes();
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
  world.alarms.watch("PurchaseSlow", {
    namespace: "AWS/Lambda",
    metricName: "Duration",
    dimensions: { FunctionName: PurchaseFunction.name },
    extendedStatistic: "p99",
    above: 1_000,
    minutes: 3,
  });
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
