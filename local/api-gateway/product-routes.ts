import { type RouteName, routes } from "../../core/contract/routes.ts";
import { httpFunction } from "../../core/topology.ts";
import type { FunctionSpec } from "../runner/runner.ts";

/** The product's functions by route key. */
export function productRoutes(): Map<string, FunctionSpec> {
  const names = Object.keys(routes) as RouteName[];
  return new Map(names.map((name) => [routes[name].route, httpFunction(name)]));
}
