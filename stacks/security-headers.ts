import { securityHeaders as headers } from "../core/contract/security-headers.ts";

const TWO_YEARS = 2 * 365 * 24 * 60 * 60;

const {
  "content-security-policy": contentSecurityPolicy,
  "referrer-policy": referrerPolicy,
  "x-frame-options": frameOption,
  // CloudFront knows its only value.
  "x-content-type-options": _nosniff,
  ...others
} = headers;

/** Headers of every answer that leaves the CDN: those of the local CDN, and the one that only a certificate allows. */
export function securityHeaders() {
  return new aws.cloudfront.ResponseHeadersPolicy("SecurityHeaders", {
    securityHeadersConfig: {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption, override: true },
      referrerPolicy: { referrerPolicy, override: true },
      // Of this host alone: the merchant's other hosts are not ours to bind.
      strictTransportSecurity: {
        accessControlMaxAgeSec: TWO_YEARS,
        includeSubdomains: false,
        override: true,
      },
    },
    customHeadersConfig: {
      items: Object.entries(others).map(([header, value]) => ({ header, value, override: true })),
    },
  });
}
