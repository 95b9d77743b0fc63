/** Text for people or programs, and whether all is well. */
export type OperationResult = { readonly isWell: boolean; readonly output: string };

/** Thrown for words that are no operation; its message says what is. */
export class UsageError extends Error {}
