import { headRoute, httpFunction, httpNames } from "../../core/topology.ts";
import type { FunctionSpec } from "../runner/runner.ts";

/** The product's functions by route key. */
export const productRoutes = (): Map<string, FunctionSpec> =>
  new Map(
    httpNames.flatMap((name) => {
      const [spec, head] = [httpFunction(name), headRoute(name)];
      return [[spec.route, spec] as const, ...(head === null ? [] : [[head, spec] as const])];
    }),
  );
