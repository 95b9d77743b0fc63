const directives = {
  "default-src": "'none'",
  "script-src": "'self'",
  "worker-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self'",
  "connect-src": "'self'",
  "manifest-src": "'self'",
  "form-action": "'self'",
  "base-uri": "'none'",
  "frame-ancestors": "'none'",
} as const;

const policyOf = (entries: readonly (readonly [string, string])[]): string =>
  entries.map((entry) => entry.join(" ")).join("; ");

/** For a page's own `<meta>`, where browsers ignore `frame-ancestors` and complain of it. */
export const pagePolicy = policyOf(
  Object.entries(directives).filter(([directive]) => directive !== "frame-ancestors"),
);

/**
 * Headers of everything that the CDN serves to shoppers, local or not. No inline script or style, and nothing of another
 * host. Strict-Transport-Security is not among them: it belongs to hosts that have a certificate.
 */
export const securityHeaders = {
  "content-security-policy": policyOf(Object.entries(directives)),
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "cross-origin-opener-policy": "same-origin",
} as const;
