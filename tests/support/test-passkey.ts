import { generateKeyPairSync, hash, randomBytes, sign } from "node:crypto";

const sha256 = (bytes: Uint8Array | string): Buffer => Buffer.from(hash("sha256", bytes, "buffer"));
const text = (word: string) => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)]);
const bytes = (of: Buffer) =>
  Buffer.concat([
    of.length < 256 ? Buffer.from([0x58, of.length]) : Buffer.from([0x59, of.length >> 8, of.length & 255]),
    of,
  ]);

const coordinate = (name: number, of: string) =>
  Buffer.concat([Buffer.from([name]), bytes(Buffer.from(of, "base64url"))]);

const USER_PRESENT_AND_VERIFIED = 0x05;
const WITH_CREDENTIAL = 0x40;

/** A device with a passkey of P-256, as WebAuthn level 2 has it: it counts nothing, and its owner always unlocks it. */
export function aPasskeyDevice(origin: string) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = randomBytes(16);
  // Of COSE: an EC2 key (1: 2) for ES256 (3: -7) on P-256 (-1: 1).
  const key = Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]),
    coordinate(0x21, x),
    coordinate(0x22, y),
  ]);
  const rpIdHash = sha256(new URL(origin).hostname);
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const own = { id: id.toString("base64url"), rawId: id.toString("base64url"), type: "public-key" };

  return {
    /** What it answers when it makes its passkey. */
    make({ challenge }: { readonly challenge: string }) {
      const flags = Buffer.from([USER_PRESENT_AND_VERIFIED | WITH_CREDENTIAL]);
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key]);
      const authData = Buffer.concat([rpIdHash, flags, Buffer.alloc(4), credential]);
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        text("fmt"),
        text("none"),
        text("attStmt"),
        Buffer.from([0xa0]),
        text("authData"),
        bytes(authData),
      ]);
      return {
        ...own,
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData("webauthn.create", challenge).toString("base64url"),
          attestationObject: attestation.toString("base64url"),
          transports: ["internal"],
        },
      };
    },

    /** What it answers when somebody signs in with it. */
    use({ challenge }: { readonly challenge: string }) {
      const client = clientData("webauthn.get", challenge);
      const authData = Buffer.concat([rpIdHash, Buffer.from([USER_PRESENT_AND_VERIFIED]), Buffer.alloc(4)]);
      const signature = sign("sha256", Buffer.concat([authData, sha256(client)]), privateKey);
      return {
        ...own,
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString("base64url"),
          authenticatorData: authData.toString("base64url"),
          signature: signature.toString("base64url"),
        },
      };
    },
  };
}
