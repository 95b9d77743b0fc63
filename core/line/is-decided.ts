const UNDECIDED: ReadonlySet<string> = new Set(["reserved", "held", "authorised", "placed"]);

/** Whether an order in this state is decided: the log says of no other what became of it. */
export const isDecided = (state: string): boolean => !UNDECIDED.has(state);
