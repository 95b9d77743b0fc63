/** Resolves when the user or the parent process wants us to stop. */
export function stopRequested(): Promise<"stop"> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve("stop"));
    process.on("disconnect", () => resolve("stop"));
    // The channel tells us of the parent's end, but must not keep us alive.
    process.channel?.unref();
  });
}
