/** The same policy as in the pages' own meta element (web/src/layouts/base.astro), plus what only a header can say. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const TWO_YEARS = 2 * 365 * 24 * 60 * 60;

/** Headers of every answer that leaves the CDN. */
export function securityHeaders() {
  return new aws.cloudfront.ResponseHeadersPolicy("SecurityHeaders", {
    securityHeadersConfig: {
      contentSecurityPolicy: { contentSecurityPolicy: CONTENT_SECURITY_POLICY, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: "DENY", override: true },
      referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
      strictTransportSecurity: { accessControlMaxAgeSec: TWO_YEARS, includeSubdomains: true, override: true },
    },
    customHeadersConfig: {
      items: [
        { header: "permissions-policy", value: "camera=(), geolocation=(), microphone=()", override: true },
        { header: "cross-origin-opener-policy", value: "same-origin", override: true },
      ],
    },
  });
}
