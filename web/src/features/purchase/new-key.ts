const KEY_BYTES = 16;

/** A new idempotency key: 128 random bits in hex; unlike `randomUUID` this also works on a plain http address. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(KEY_BYTES))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
