import * as v from "valibot";

/**
 * Text that every store takes: no zero character, which PostgreSQL refuses, and no half of a surrogate pair, which has no
 * UTF-8. JSON brings both in as escapes.
 */
export const storableText = v.pipe(
  v.string("must be text"),
  v.check((text) => !text.includes("\0"), "must not have a zero character"),
  v.check((text) => text.isWellFormed(), "must not have half a character (a lone surrogate)"),
);

/** The same on one line: a name, a caption. */
export const storableLine = v.pipe(
  storableText,
  v.check((text) => !/\p{Cc}/u.test(text), "must not have control characters"),
);
