const startedMs = performance.now();

/** Prints one line of progress with the time since the start. */
export function progress(text: string): void {
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1).padStart(6);
  console.log(`${seconds} s  ${text}`);
}
