/**
 * Time limits of every AWS call: two attempts of a second each stay well inside the shortest function. An attempt that
 * runs out is unclear, never failed.
 */
export const CONNECT_LIMIT_MS = 500;
export const REQUEST_LIMIT_MS = 1_000;
export const ATTEMPTS = 2;
export const SOCKETS = 128;
