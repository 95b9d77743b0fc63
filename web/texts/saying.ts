/** A sentence as the API says it, with `{}` for what differs, and what it is in another language, with `{}` in the same order. */
export type Saying = readonly [said: string, means: string];
