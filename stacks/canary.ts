import type { ScheduleParts } from "./schedules.ts";

/** Buys once each hour at the site's own address. Previews are bought from when they are deployed. */
export const canary: ScheduleParts = {
  // One that failed is told of, not tried again.
  settings: { retries: 0 },
  // Told of also where it does not run at all: an invocation an hour, or two hours' silence rings.
  watch: ({ watch }, lambda) =>
    watch("CanarySilent", {
      namespace: "AWS/Lambda",
      metricName: "Invocations",
      dimensions: { FunctionName: lambda.apply(({ name }) => name) },
      statistic: "Sum",
      below: 1,
      everyMinutes: 60,
      minutes: 2,
      missing: "breaching",
    }),
};
