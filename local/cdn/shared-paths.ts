/**
 * The paths that the CDN may cache: the same answer for everybody, so it forwards no cookie and no query string.
 * Every other path passes through untouched.
 */
const SHARED_PATHS = [
  /^\/api\/sale\/status\/[^/]+$/,
  /^\/api\/sales$/,
  /^\/api\/sale\/[^/]+\/(?:line|fairness(?:\/.*)?)$/,
  /^\/api\/sales\/past\/[^/]+$/,
  /^\/api\/picture\/[^/]+\/[^/]+$/,
  /^\/api\/openapi\.json$/,
  /^\/page\/./,
];

export const isSharedPath = (path: string): boolean => SHARED_PATHS.some((shared) => shared.test(path));
