/**
 * Letters and digits of which none is taken for another: of 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B and U V at most one is there, and no
 * vowel, so that no code is a word. 24 to the power of eight are 1.1e11 codes.
 */
export const CODE_ALPHABET = "23456789CDFHJKMNPQRTVWXY";
export const CODE_LENGTH = 8;

/** A code as it was typed, in the form that counts: capitals, without spaces and hyphens of any kind. */
export const normalizeCode = (typed: string): string =>
  typed.replace(/[\s\u2010-\u2015\u2212-]/g, "").toUpperCase();

const CODE = new RegExp(`^[${CODE_ALPHABET}]{${CODE_LENGTH}}$`);
export const isCode = (normalized: string): boolean => CODE.test(normalized);

/** A code as people read it, in two halves. */
export const showCode = (code: string): string =>
  `${code.slice(0, CODE_LENGTH / 2)}-${code.slice(CODE_LENGTH / 2)}`;

/** What a form's field takes, for its `pattern`: eight letters or digits, however they are spaced. */
export const CODE_FIELD_PATTERN = `\\s*([0-9A-Za-z][\\s\\-]*){${CODE_LENGTH}}`;
/** Most characters that the field takes: a code, and spaces around and in it. */
export const CODE_FIELD_LENGTH = 24;
