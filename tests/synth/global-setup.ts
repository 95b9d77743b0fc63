import { synthesize } from "./synthesize.ts";

/** Deploys offline before the tests that read what a deploy makes. */
export default synthesize;
