const shim = new URL("./wrong-clock.mjs", import.meta.url).href;

/** A worker whose clock is wrong all the time, or (`stepMs`) jumps by as much after each step. */
export const wrongClock = (shiftMs: number, stepMs = 0) => ({
  NODE_OPTIONS: `--import ${shim}`,
  CLOCK_SHIFT_MS: String(shiftMs),
  CLOCK_STEP_MS: String(stepMs),
});
