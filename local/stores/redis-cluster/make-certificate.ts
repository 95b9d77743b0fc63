import { generateKeyPairSync, randomBytes } from "node:crypto";
import forge from "node-forge";

const LIFETIME_MS = 365 * 24 * 60 * 60 * 1000;
/** A certificate that begins this second is not valid yet for a clock that is a little behind. */
const EARLIER_MS = 60 * 60 * 1000;

/** All of it as PEM text. */
export type Certificate = { readonly ca: string; readonly cert: string; readonly key: string };

const keyPair = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });

function unsigned(name: string, publicKey: string, issuer: string): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  // A leading 01 keeps the number positive and in its shortest form: OpenSSL refuses one that begins with needless zeros.
  certificate.serialNumber = `01${randomBytes(16).toString("hex")}`;
  certificate.validity.notBefore = new Date(Date.now() - EARLIER_MS);
  certificate.validity.notAfter = new Date(Date.now() + LIFETIME_MS);
  certificate.setSubject([{ name: "commonName", value: name }]);
  certificate.setIssuer([{ name: "commonName", value: issuer }]);
  return certificate;
}

const pem = (certificate: forge.pki.Certificate) =>
  forge.pki.certificateToPem(certificate).replaceAll("\r", "");

/**
 * Makes a certificate for this machine's loopback address, and the authority that signed it. The authority's key is
 * forgotten at once: nobody can make another one that is trusted by the same clients.
 */
export function makeCertificate(): Certificate {
  const [authority, server] = [keyPair(), keyPair()];
  const authorityName = "Flash sale, local authority";
  const signer = forge.pki.privateKeyFromPem(authority.privateKey);
  const ca = unsigned(authorityName, authority.publicKey, authorityName);
  ca.setExtensions([
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, critical: true },
  ]);
  ca.sign(signer, forge.md.sha256.create());
  const cert = unsigned("127.0.0.1", server.publicKey, authorityName);
  cert.setExtensions([
    { name: "basicConstraints", cA: false },
    { name: "extKeyUsage", serverAuth: true, clientAuth: true },
    {
      name: "subjectAltName",
      altNames: [
        { type: 7, ip: "127.0.0.1" },
        { type: 2, value: "localhost" },
      ],
    },
  ]);
  cert.sign(signer, forge.md.sha256.create());
  return { ca: pem(ca), cert: pem(cert), key: server.privateKey };
}
