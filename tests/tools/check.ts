// `npm run check`: everything that can be said without running the product.
import { runSteps } from "./run-steps.ts";
import { productSteps, stackSteps } from "./static-steps.ts";

process.exit((await runSteps([productSteps, stackSteps])) ? 0 : 1);
