// `npm run check`: everything that can be said without running the product.
import { runSteps } from "./run-steps.ts";
import { staticSteps } from "./static-steps.ts";

process.exit((await runSteps(staticSteps)) ? 0 : 1);
