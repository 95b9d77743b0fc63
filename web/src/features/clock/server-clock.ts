import { type ClockSample, addSample, estimateOffsetMs } from "./clock.ts";

/** The server's time as this page knows it; null until the server has been heard. */
export type ServerClock = {
  hear: (sample: ClockSample) => void;
  nowMs: () => number | null;
};

export function createServerClock(): ServerClock {
  let samples: readonly ClockSample[] = [];
  // A page that comes back may have slept, and its monotonic clock with it: only what is heard from now on counts.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") samples = samples.slice(-1);
  });
  return {
    hear: (sample) => {
      const last = samples.at(-1);
      const drift = last ? estimateOffsetMs([sample])! - estimateOffsetMs([last])! : 0;
      // Slept without being hidden, or the server's clock was set: the old samples are worth nothing.
      samples = addSample(Math.abs(drift) > 3_000 ? [] : samples, sample);
    },
    nowMs: () => {
      const offset = estimateOffsetMs(samples);
      return offset === null ? null : performance.now() + offset;
    },
  };
}
