export type Stoppable = { readonly stop: () => Promise<void> };

export type StopList = Stoppable & {
  /** Notes a part that has started, and hands it back. */
  readonly started: <Part extends Stoppable>(part: Part) => Part;
};

/** Remembers what was started, to stop it in the reverse order; one part that fails to stop does not spare the others. */
export function stopList(): StopList {
  const parts: Stoppable[] = [];
  return {
    started(part) {
      parts.push(part);
      return part;
    },
    async stop() {
      const errors: unknown[] = [];
      for (const part of parts.splice(0).toReversed())
        await part.stop().catch((error: unknown) => errors.push(error));
      if (errors.length > 0) throw new AggregateError(errors, "Some parts did not stop in good order.");
    },
  };
}
