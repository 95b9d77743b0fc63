/** A start that cannot go on for a reason the user can mend: its message is one sentence with the remedy, shown without a stack. */
export class LocalError extends Error {
  override name = "LocalError";
}
