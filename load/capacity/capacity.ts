// `npm run capacity`: what a launch on AWS would be like. Exit code 1 if --validate finds the model off by a quarter.
import { readFileSync, writeFileSync } from "node:fs";
import { LocalError } from "../../local/local-error.ts";
import { forecast, type Forecast, unitsFor } from "./forecast.ts";
import { type CapacityFlags, helpText, parseFlags } from "./parse-flags.ts";
import { CROWDS, DOCUMENT, documentParts, withPart } from "./report/document.ts";
import { formatForecasts } from "./report/format-forecast.ts";
import { formatServiceTimes } from "./report/format-inputs.ts";
import { readServiceTimes, type ServiceTimes } from "./service-times.ts";

/** Answers whether all is well. */
async function run(flags: CapacityFlags): Promise<boolean> {
  switch (flags.command) {
    case "help":
      console.log(helpText);
      return true;
    case "measure": {
      const { measureServiceTimes, storeServiceTimes } = await import("./measure/measure.ts");
      storeServiceTimes(flags.serviceTimes, await measureServiceTimes());
      console.log(
        `\n${formatServiceTimes(readServiceTimes(flags.serviceTimes))}\n\nIn ${flags.serviceTimes}.`,
      );
      return true;
    }
    case "validate": {
      const { validate } = await import("./validate/validate.ts");
      return validate(flags.seed);
    }
    case "write":
      write(readServiceTimes(flags.serviceTimes));
      return true;
    case "forecast":
      tell(flags, readServiceTimes(flags.serviceTimes));
      return true;
    default:
      return flags.command satisfies never;
  }
}

function tell(flags: CapacityFlags, times: ServiceTimes): void {
  const forecasts = (flags.crowd ? [flags.crowd] : CROWDS).map((crowd) => forecastOf(flags, crowd, times));
  if (flags.wantsJson) console.log(JSON.stringify({ serviceTimes: times, forecasts }, null, 2));
  else console.log(`${formatServiceTimes(times)}\n\n${formatForecasts(forecasts)}`);
}

function forecastOf(flags: CapacityFlags, crowd: number, times: ServiceTimes): Forecast {
  const { units = unitsFor(crowd), mode, seed, withinSeconds, admissionsPerSecond } = flags;
  return forecast({ crowd, units, mode, seed, withinSeconds, admissionsPerSecond }, times);
}

function write(times: ServiceTimes): void {
  let text = readFileSync(DOCUMENT, "utf8");
  for (const [name, part] of documentParts(times)) text = withPart(text, name, part);
  writeFileSync(DOCUMENT, text);
}

try {
  process.exit((await run(parseFlags(process.argv.slice(2)))) ? 0 : 1);
} catch (error) {
  console.error(error instanceof LocalError ? error.message : error);
  process.exit(1);
}
