/** Bounds how many pieces of heavy work run at once, however many sales need some. */
export type Slots = ReturnType<typeof createSlots>;

export function createSlots(most: number) {
  let taken = 0;
  const waiting: (() => void)[] = [];

  return {
    /** Does the work in a free slot; where none is, waits for one, or answers null at once. */
    async run<T>(work: () => Promise<T>, whenNone: "wait" | "leave"): Promise<{ readonly done: T } | null> {
      if (taken >= most && whenNone === "leave") return null;
      if (taken >= most) await new Promise<void>((resume) => waiting.push(resume));
      else taken++;
      try {
        return { done: await work() };
      } finally {
        const next = waiting.shift();
        // The slot goes from hand to hand.
        if (next) next();
        else taken--;
      }
    },
  };
}
