import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeCertificate } from "./make-certificate.ts";

/** A new certificate where Redis's nodes find it, and the authority that their clients trust, as PEM text. */
export type WrittenCertificate = { readonly ca: string; readonly settings: Readonly<Record<string, string>> };

/** Makes a certificate and writes it into a folder, over the one of an earlier start. */
export function writeCertificate(folder: string): WrittenCertificate {
  mkdirSync(folder, { recursive: true });
  const { ca, cert, key } = makeCertificate();
  const write = (name: string, pem: string) => {
    const path = join(folder, name);
    writeFileSync(path, pem, { mode: 0o600 });
    return path;
  };
  return {
    ca,
    settings: {
      "tls-ca-cert-file": write("ca.pem", ca),
      "tls-cert-file": write("cert.pem", cert),
      "tls-key-file": write("key.pem", key),
      // Clients prove themselves by password, as on AWS.
      "tls-auth-clients": "no",
      "tls-cluster": "yes",
      "tls-replication": "yes",
    },
  };
}
