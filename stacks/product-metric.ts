import type { MetricName } from "../core/metrics.ts";
import { stage } from "./stage.ts";

/** One of the product's own metrics, as core/metrics.ts writes it under the environment of product-function.ts. */
export const productMetric = (metricName: MetricName) => ({
  namespace: stage.prefix,
  metricName,
  dimensions: { service: "flash-sale" },
});
