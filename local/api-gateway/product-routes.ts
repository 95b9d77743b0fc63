import { httpFunction, httpNames } from "../../core/topology.ts";
import type { FunctionSpec } from "../runner/runner.ts";

/** The product's functions by route key. */
export const productRoutes = (): Map<string, FunctionSpec> =>
  new Map(httpNames.map(httpFunction).map((spec) => [spec.route, spec]));
