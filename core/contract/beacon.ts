import * as v from "valibot";

/** A round's number, as a path has it. */
export const round = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d{0,11}$/, "must be the number of a round"),
  v.transform(Number),
);

const signature = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{96}$/, "must be the round's signature: 48 bytes in small hexadecimal digits"),
);

export const bringSignatureRequest = v.strictObject({ signature });
export const keptSignature = v.object({ round: v.number(), signature });
