#!/usr/bin/env node
/**
 * Checks that the line of a sale was made as docs/fairness.md says. Plain Node (20 or newer), no package, and no line of the
 * platform's own code: it was written from that page, and so can you.
 *
 *   node verify-fairness.mjs https://shop.example.com/api/sale/<saleId>/fairness
 *   node verify-fairness.mjs <folder>       with index.json, log/0, lists/0/0, orders/0 …
 *   node verify-fairness.mjs <file.json>    with all of them, as --save writes it
 *
 *   --save FILE      keeps all that was checked in one file
 *   --receipt FILE   looks for your own entry: the receipt that you got when you joined
 *   --seen HASH      the hash of a line of the log that you saw earlier (64 hexadecimal digits): it must still be there
 *   --rehearsal      takes a beacon of one's own, whose key somebody may know
 *
 * Exit code 0: everything fits. 1: something does not, or is missing, and each is named. 2: it was called wrong. 3: nothing is
 * published yet.
 */
import { createHash, createHmac } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// ---- The protocol's numbers --------------------------------------------------------------------------------------------

const VERSION = 1;
/** Of a log: from 2 on it binds its orders, from 3 on what became of them. */
const LOG_VERSIONS = [1, 2, 3];
const MODES = ["waiting_room", "draw", "returns"];
const LOG_PAGE = 1_000;
const LIST_PAGE = 5_000;
const ORDER_PAGE = 1_000;
const ROOT_BEFORE_ROUND_MS = 15_000;
const ROUND_BEFORE_OPENING_MS = 30_000;
const CLOSES_BEFORE_OPENING_MS = 120_000;
const STEP_AHEAD_MS = 3_000;
/** From a list's closing to its root: longer than a join can run. */
const ROOT_AFTER_CLOSING_MS = 8_000;
/** A turn lasts so much longer than its page shows. */
const TURN_GRACE_MS = 5_000;
/** Whoever writes steps has counted units a little before: what came free so shortly ago may not have been among them. */
const COUNTED_BEFORE_MS = 60_000;
/** The clock of the orders and that of the log may differ by so much. */
const CLOCKS_APART_MS = 5_000;
const MOST_QUANTITY = 255;
const LABEL = "flash-sale/line/v1";
const FIRST_PREV = "0".repeat(64);

/** drand's chain "quicknet". Any other is a rehearsal, or a lie. */
const QUICKNET = {
  hash: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
  publicKey:
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
  genesisMs: 1_692_803_367_000,
  periodMs: 3_000,
};

// ---- Bytes -------------------------------------------------------------------------------------------------------------

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const hex = (bytes) => bytes.toString("hex");
const unhex = (text) => Buffer.from(text, "hex");
const u8 = (value) => Buffer.of(value);
function u16(value) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
function u32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
function u64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

// ---- What is wrong ---------------------------------------------------------------------------------------------------

const MOST_FAULTS = 50;
const faults = [];
/** Says that something does not fit. The rest is checked all the same, as far as it makes sense. */
function wrong(where, what) {
  faults.push(`${where}: ${what}`);
}
const check = (isRight, where, what) => {
  if (!isRight) wrong(where, what);
  return isRight;
};

/** Thrown when a file is missing or is none, so that nothing can be said of the line. */
class Unreadable extends Error {}
class WrongUse extends Error {}

// ---- The beacon's signature: BLS12-381, as RFC 9380 and the drafts on pairings and BLS signatures have it -------------

const P = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn;
/** The order of the groups. */
const R = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n;
/** The curve's parameter is minus this number. */
const X = 0xd201000000010000n;
const DOMAIN = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

const mod = (value) => ((value % P) + P) % P;

function power(base, exponent) {
  let [result, square] = [1n, mod(base)];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}

/** Euclid's algorithm. */
function inverse(value) {
  let [a, b, x, y] = [mod(value), P, 1n, 0n];
  if (a === 0n) throw new RangeError("zero has no inverse");
  while (a > 1n) {
    const quotient = b / a;
    [a, b, x, y] = [b - quotient * a, a, y - quotient * x, x];
  }
  return mod(x);
}

/** Null: it is no square. */
function squareRoot(value) {
  const candidate = power(value, (P + 1n) / 4n);
  return (candidate * candidate) % P === mod(value) ? candidate : null;
}

// The field of P² elements: pairs [a, b] for a + b·u, with u² = −1.
const field2 = {
  zero: [0n, 0n],
  add: ([a, b], [c, d]) => [mod(a + c), mod(b + d)],
  subtract: ([a, b], [c, d]) => [mod(a - c), mod(b - d)],
  negate: ([a, b]) => [mod(-a), mod(-b)],
  multiply: ([a, b], [c, d]) => [mod(a * c - b * d), mod(a * d + b * c)],
  inverse([a, b]) {
    const factor = inverse(a * a + b * b);
    return [mod(a * factor), mod(-b * factor)];
  },
  equals: ([a, b], [c, d]) => a === c && b === d,
  /** Null: it is no square. */
  root([a, b]) {
    if (b === 0n) {
      const real = squareRoot(a);
      if (real !== null) return [real, 0n];
      const imaginary = squareRoot(-a);
      return imaginary === null ? null : [0n, imaginary];
    }
    const norm = squareRoot(a * a + b * b);
    if (norm === null) return null;
    const half = inverse(2n);
    const real = squareRoot((a + norm) * half) ?? squareRoot((a - norm) * half);
    return real === null ? null : [real, mod(b * inverse(2n * real))];
  },
};
const field1 = {
  zero: 0n,
  add: (a, b) => mod(a + b),
  subtract: (a, b) => mod(a - b),
  negate: (a) => mod(-a),
  multiply: (a, b) => (a * b) % P,
  inverse,
  equals: (a, b) => a === b,
  root: squareRoot,
};

/** Points of y² = x³ + b over one of the fields, as [x, y]; null is the point at infinity. */
function curve(field, b) {
  const { add, subtract, multiply } = field;
  const square = (a) => multiply(a, a);
  function sum(p, q) {
    if (p === null) return q;
    if (q === null) return p;
    const isSameX = field.equals(p[0], q[0]);
    if (isSameX && (!field.equals(p[1], q[1]) || field.equals(p[1], field.zero))) return null;
    const slope = isSameX
      ? multiply(add(add(square(p[0]), square(p[0])), square(p[0])), field.inverse(add(p[1], p[1])))
      : multiply(subtract(q[1], p[1]), field.inverse(subtract(q[0], p[0])));
    const x = subtract(subtract(square(slope), p[0]), q[0]);
    return [x, subtract(multiply(slope, subtract(p[0], x)), p[1])];
  }
  function times(p, factor) {
    let [result, double] = [null, p];
    for (let rest = factor; rest > 0n; rest >>= 1n) {
      if (rest & 1n) result = sum(result, double);
      double = sum(double, double);
    }
    return result;
  }
  const yOf = (x) => field.root(add(multiply(square(x), x), b));
  return { sum, times, yOf };
}
const curve1 = curve(field1, 4n);
const curve2 = curve(field2, [4n, 4n]);

const GENERATOR2 = [
  [
    0x24aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8n,
    0x13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7en,
  ],
  [
    0xce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801n,
    0x606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79ben,
  ],
];

/** The three highest bits say: compressed, infinity, the larger of the two y. Only proper points of the group pass. */
function readPoint(bytes, size) {
  if (bytes.length !== size) throw new RangeError(`must be ${size} bytes`);
  const flags = bytes[0] >> 5;
  if ((flags & 6) !== 4) throw new RangeError("must be a compressed point that is not infinity");
  const numbers = Buffer.from(bytes);
  numbers[0] &= 0x1f;
  const parts = Array.from({ length: size / 48 }, (_, part) =>
    BigInt(`0x${hex(numbers.subarray(part * 48, part * 48 + 48))}`),
  );
  if (parts.some((part) => part >= P)) throw new RangeError("must be numbers of the field");
  const [field, group] = size === 48 ? [field1, curve1] : [field2, curve2];
  const x = size === 48 ? parts[0] : [parts[1], parts[0]];
  const y = group.yOf(x);
  if (y === null) throw new RangeError("must be on the curve");
  const [low, high] = size === 48 ? [y, 0n] : y;
  const isLarger = (high === 0n ? low : high) > (P - 1n) / 2n;
  const point = [x, isLarger === ((flags & 1) === 1) ? y : field.negate(y)];
  if (group.times(point, R) !== null) throw new RangeError("must be in the group");
  return point;
}

// Hash to curve: RFC 9380, suite BLS12381G1_XMD:SHA-256_SSWU_RO_ (section 8.8.1).

/** RFC 9380, section 5.3.1. */
function expandMessage(message, length) {
  const domain = Buffer.concat([Buffer.from(DOMAIN), u8(DOMAIN.length)]);
  const first = sha256(Buffer.alloc(64), message, u16(length), u8(0), domain);
  const blocks = [sha256(first, u8(1), domain)];
  while (blocks.length * 32 < length) {
    const mixed = first.map((byte, index) => byte ^ blocks.at(-1)[index]);
    blocks.push(sha256(mixed, u8(blocks.length + 1), domain));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

const SSWU = {
  a: 0x144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1dn,
  b: 0x12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0n,
  z: 11n,
};

/** Section 6.6.2: onto the curve y² = x³ + a·x + b. */
function mapToIsogenous(u) {
  const { a, b, z } = SSWU;
  const right = (x) => mod(((((x * x) % P) * x) % P) + a * x + b);
  const zu2 = mod(z * u * u);
  const denominator = mod(zu2 * zu2 + zu2);
  const x1 =
    denominator === 0n ? mod(b * inverse(z * a)) : mod(-b * inverse(a) * (1n + inverse(denominator)));
  const y1 = squareRoot(right(x1));
  const x = y1 === null ? mod(zu2 * x1) : x1;
  // One of the two always has one.
  const y = y1 ?? squareRoot(right(x)) ?? 0n;
  return [x, (y & 1n) === (u & 1n) ? y : mod(-y)];
}

/** Appendix E.2: the coefficients of the isogeny, the constant first, 96 hexadecimal digits each. */
const ISOGENY_11 = [
  [
    "11a05f2b1e833340b809101dd99815856b303e88a2d7005ff2627b56cdb4e2c85610c2d5f2e62d6eaeac1662734649b7",
    "17294ed3e943ab2f0588bab22147a81c7c17e75b2f6a8417f565e33c70d1e86b4838f2a6f318c356e834eef1b3cb83bb",
    "0d54005db97678ec1d1048c5d10a9a1bce032473295983e56878e501ec68e25c958c3e3d2a09729fe0179f9dac9edcb0",
    "1778e7166fcc6db74e0609d307e55412d7f5e4656a8dbf25f1b33289f1b330835336e25ce3107193c5b388641d9b6861",
    "0e99726a3199f4436642b4b3e4118e5499db995a1257fb3f086eeb65982fac18985a286f301e77c451154ce9ac8895d9",
    "1630c3250d7313ff01d1201bf7a74ab5db3cb17dd952799b9ed3ab9097e68f90a0870d2dcae73d19cd13c1c66f652983",
    "0d6ed6553fe44d296a3726c38ae652bfb11586264f0f8ce19008e218f9c86b2a8da25128c1052ecaddd7f225a139ed84",
    "17b81e7701abdbe2e8743884d1117e53356de5ab275b4db1a682c62ef0f2753339b7c8f8c8f475af9ccb5618e3f0c88e",
    "080d3cf1f9a78fc47b90b33563be990dc43b756ce79f5574a2c596c928c5d1de4fa295f296b74e956d71986a8497e317",
    "169b1f8e1bcfa7c42e0c37515d138f22dd2ecb803a0c5c99676314baf4bb1b7fa3190b2edc0327797f241067be390c9e",
    "10321da079ce07e272d8ec09d2565b0dfa7dccdde6787f96d50af36003b14866f69b771f8c285decca67df3f1605fb7b",
    "06e08c248e260e70bd1e962381edee3d31d79d7e22c837bc23c0bf1bc24c6b68c24b1b80b64d391fa9c8ba2e8ba2d229",
  ],
  [
    "08ca8d548cff19ae18b2e62f4bd3fa6f01d5ef4ba35b48ba9c9588617fc8ac62b558d681be343df8993cf9fa40d21b1c",
    "12561a5deb559c4348b4711298e536367041e8ca0cf0800c0126c2588c48bf5713daa8846cb026e9e5c8276ec82b3bff",
    "0b2962fe57a3225e8137e629bff2991f6f89416f5a718cd1fca64e00b11aceacd6a3d0967c94fedcfcc239ba5cb83e19",
    "03425581a58ae2fec83aafef7c40eb545b08243f16b1655154cca8abc28d6fd04976d5243eecf5c4130de8938dc62cd8",
    "13a8e162022914a80a6f1d5f43e7a07dffdfc759a12062bb8d6b44e833b306da9bd29ba81f35781d539d395b3532a21e",
    "0e7355f8e4e667b955390f7f0506c6e9395735e9ce9cad4d0a43bcef24b8982f7400d24bc4228f11c02df9a29f6304a5",
    "0772caacf16936190f3e0c63e0596721570f5799af53a1894e2e073062aede9cea73b3538f0de06cec2574496ee84a3a",
    "14a7ac2a9d64a8b230b3f5b074cf01996e7f63c21bca68a81996e1cdf9822c580fa5b9489d11e2d311f7d99bbdcc5a5e",
    "0a10ecf6ada54f825e920b3dafc7a3cce07f8d1d7161366b74100da67f39883503826692abba43704776ec3a79a1d641",
    "095fc13ab9e92ad4476d6e3eb3a56680f682b4ee96f7d03776df533978f31c1593174e4b4b7865002d6384d168ecdd0a",
    "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
  ],
  [
    "090d97c81ba24ee0259d1f094980dcfa11ad138e48a869522b52af6c956543d3cd0c7aee9b3ba3c2be9845719707bb33",
    "134996a104ee5811d51036d776fb46831223e96c254f383d0f906343eb67ad34d6c56711962fa8bfe097e75a2e41c696",
    "00cc786baa966e66f4a384c86a3b49942552e2d658a31ce2c344be4b91400da7d26d521628b00523b8dfe240c72de1f6",
    "01f86376e8981c217898751ad8746757d42aa7b90eeb791c09e4a3ec03251cf9de405aba9ec61deca6355c77b0e5f4cb",
    "08cc03fdefe0ff135caf4fe2a21529c4195536fbe3ce50b879833fd221351adc2ee7f8dc099040a841b6daecf2e8fedb",
    "16603fca40634b6a2211e11db8f0a6a074a7d0d4afadb7bd76505c3d3ad5544e203f6326c95a807299b23ab13633a5f0",
    "04ab0b9bcfac1bbcb2c977d027796b3ce75bb8ca2be184cb5231413c4d634f3747a87ac2460f415ec961f8855fe9d6f2",
    "0987c8d5333ab86fde9926bd2ca6c674170a05bfe3bdd81ffd038da6c26c842642f64550fedfe935a15e4ca31870fb29",
    "09fc4018bd96684be88c9e221e4da1bb8f3abd16679dc26c1e8b6e6a1f20cabe69d65201c78607a360370e577bdba587",
    "0e1bba7a1186bdb5223abde7ada14a23c42a0ca7915af6fe06985e7ed1e4d43b9b3f7055dd4eba6f2bafaaebca731c30",
    "19713e47937cd1be0dfd0b8f1d43fb93cd2fcbcb6caf493fd1183e416389e61031bf3a5cce3fbafce813711ad011c132",
    "18b46a908f36f6deb918c143fed2edcc523559b8aaf0c2462e6bfe7f911f643249d9cdf41b44d606ce07c8a4d0074d8e",
    "0b182cac101b9399d155096004f53f447aa7b12a3426b08ec02710e807b4633f06c851c1919211f20d4c04f00b971ef8",
    "0245a394ad1eca9b72fc00ae7be315dc757b3b080d4c158013e6632d3c40659cc6cf90ad1c232a6442d9d3f5db980133",
    "05c129645e44cf1102a159f748c4a3fc5e673d81d7e86568d9ab0f5d396a7ce46ba1049b6579afb7866b1e715475224b",
    "15e6be4e990f03ce4ea50b3b42df2eb5cb181d8f84965a3957add4fa95af01b2b665027efec01c7704b456be69c8b604",
  ],
  [
    "16112c4c3a9c98b252181140fad0eae9601a6de578980be6eec3232b5be72e7a07f3688ef60c206d01479253b03663c1",
    "1962d75c2381201e1a0cbd6c43c348b885c84ff731c4d59ca4a10356f453e01f78a4260763529e3532f6102c2e49a03d",
    "058df3306640da276faaae7d6e8eb15778c4855551ae7f310c35a5dd279cd2eca6757cd636f96f891e2538b53dbf67f2",
    "16b7d288798e5395f20d23bf89edb4d1d115c5dbddbcd30e123da489e726af41727364f2c28297ada8d26d98445f5416",
    "0be0e079545f43e4b00cc912f8228ddcc6d19c9f0f69bbb0542eda0fc9dec916a20b15dc0fd2ededda39142311a5001d",
    "08d9e5297186db2d9fb266eaac783182b70152c65550d881c5ecd87b6f0f5a6449f38db9dfa9cce202c6477faaf9b7ac",
    "166007c08a99db2fc3ba8734ace9824b5eecfdfa8d0cf8ef5dd365bc400a0051d5fa9c01a58b1fb93d1a1399126a775c",
    "16a3ef08be3ea7ea03bcddfabba6ff6ee5a4375efa1f4fd7feb34fd206357132b920f5b00801dee460ee415a15812ed9",
    "1866c8ed336c61231a1be54fd1d74cc4f9fb0ce4c6af5920abc5750c4bf39b4852cfe2f7bb9248836b233d9d55535d4a",
    "167a55cda70a6e1cea820597d94a84903216f763e13d87bb5308592e7ea7d4fbc7385ea3d529b35e346ef48bb8913f55",
    "04d2f259eea405bd48f010a01ad2911d9c6dd039bb61a6290e591b36e636a5c871a5c29f4f83060400f8b49cba8f6aa8",
    "0accbb67481d033ff5852c1e48c50c477f94ff8aefce42d28c0f9a88cea7913516f968986f7ebbea9684b529e2561092",
    "0ad6b9514c767fe3c3613144b45f1496543346d98adf02267d5ceef9a00d9b8693000763e3b90ac11e99b138573345cc",
    "02660400eb2e4f3b628bdd0d53cd76f2bf565b94e72927c1cb748df27942480e420517bd8714cc80d1fadc1326ed06f7",
    "0e0fa1d816ddc03e6b24255e0d7819c171c40f65e273b853324efcd6356caa205ca2f570f13497804415473a1d634b8f",
    "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
  ],
];
const [X_NUMERATOR, X_DENOMINATOR, Y_NUMERATOR, Y_DENOMINATOR] = ISOGENY_11.map((digits) =>
  digits.map((text) => BigInt(`0x${text}`)),
);
const polynomial = (coefficients, x) => coefficients.reduceRight((value, c) => mod(value * x + c), 0n);
const throughIsogeny = ([x, y]) => [
  mod(polynomial(X_NUMERATOR, x) * inverse(polynomial(X_DENOMINATOR, x))),
  mod(y * polynomial(Y_NUMERATOR, x) * inverse(polynomial(Y_DENOMINATOR, x))),
];

function hashToCurve(message) {
  const bytes = expandMessage(message, 128);
  const [u0, u1] = [0, 64].map((at) => mod(BigInt(`0x${hex(bytes.subarray(at, at + 64))}`)));
  const sum = curve1.sum(throughIsogeny(mapToIsogenous(u0)), throughIsogeny(mapToIsogenous(u1)));
  return curve1.times(sum, X + 1n);
}

// The pairing. Elements of the field of P¹² elements are six pairs: the coefficients of powers of w, with w⁶ = 1 + u.

function multiply12(f, g) {
  const real = Array(12).fill(0n);
  const imaginary = Array(12).fill(0n);
  for (let i = 0; i < 6; i++)
    // Of a square, half the products are there twice.
    for (let j = f === g ? i : 0; j < 6; j++) {
      const [[a, b], [c, d]] = [f[i], g[j]];
      if ((a === 0n && b === 0n) || (c === 0n && d === 0n)) continue;
      const times = f === g && i !== j ? 2n : 1n;
      real[i + j] += times * (a * c - b * d);
      imaginary[i + j] += times * (a * d + b * c);
    }
  return Array.from({ length: 6 }, (_, i) => {
    const [c, d] = [real[i + 6], imaginary[i + 6]];
    return [mod(real[i] + c - d), mod(imaginary[i] + c + d)];
  });
}

/** By four bits of the exponent at a time. */
function power12(f, exponent) {
  const powers = [ONE12];
  while (powers.length < 16) powers.push(multiply12(powers.at(-1), f));
  let result = ONE12;
  for (const digit of exponent.toString(16)) {
    for (let i = 0; i < 4; i++) result = multiply12(result, result);
    result = multiply12(result, powers[Number.parseInt(digit, 16)]);
  }
  return result;
}

/**
 * The line through the points t and q of the second group (its tangent if they are one), at the point p of the first; and
 * the sum of t and q. Up to factors that the last power takes away.
 */
function lineAt(t, q, p) {
  const isTangent = t === q;
  const three = [3n, 0n];
  const slope = isTangent
    ? field2.multiply(
        field2.multiply(three, field2.multiply(t[0], t[0])),
        field2.inverse(field2.add(t[1], t[1])),
      )
    : field2.multiply(field2.subtract(q[1], t[1]), field2.inverse(field2.subtract(q[0], t[0])));
  const x = field2.subtract(field2.subtract(field2.multiply(slope, slope), t[0]), q[0]);
  const sum = [x, field2.subtract(field2.multiply(slope, field2.subtract(t[0], x)), t[1])];
  const line = [
    field2.subtract(field2.multiply(slope, t[0]), t[1]),
    field2.zero,
    field2.multiply(slope, [mod(-p[0]), 0n]),
    [p[1], 0n],
    field2.zero,
    field2.zero,
  ];
  return { line, sum };
}

const ONE12 = [[1n, 0n], ...Array.from({ length: 5 }, () => field2.zero)];

/** Whether e(p₁, q₁) · e(p₂, q₂) … is 1. */
function isPairingOne(pairs) {
  let f = ONE12;
  const points = pairs.map(([, q]) => q);
  const step = (others) =>
    pairs.forEach(([p, q], index) => {
      const t = points[index];
      const { line, sum } = lineAt(t, others === "double" ? t : q, p);
      f = multiply12(f, line);
      points[index] = sum;
    });
  for (const bit of X.toString(2).slice(1)) {
    f = multiply12(f, f);
    step("double");
    if (bit === "1") step("add");
  }
  // The last power is (P⁶ − 1) · (P⁶ + 1)/R, and to the power of P⁶ only the signs of odd powers of w change: the result is
  // 1 if these are zero after (P⁶ + 1)/R.
  const result = power12(f, (P ** 6n + 1n) / R);
  return [1, 3, 5].every((odd) => field2.equals(result[odd], field2.zero));
}

const knownKeys = {};

/** Null: the chain with this key signed the round so. Else why not. */
function faultOfSignature(publicKey, round, signature) {
  try {
    knownKeys[publicKey] ??= readPoint(unhex(publicKey), 96);
    const [s, key] = [readPoint(unhex(signature), 48), knownKeys[publicKey]];
    const message = hashToCurve(sha256(u64(round)));
    const isRight = isPairingOne([
      [s, [GENERATOR2[0], field2.negate(GENERATOR2[1])]],
      [message, key],
    ]);
    return isRight ? null : "the signature does not verify";
  } catch (error) {
    return `the signature or the key is no point: it ${error.message}`;
  }
}

// ---- Reading the files ---------------------------------------------------------------------------------------------

const TIME_LIMIT_MS = 30_000;

/** Bytes as text. @throws TypeError: they are no UTF-8. A byte order mark stays, and is part of no line. */
const decodeText = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
const readText = (file) => decodeText(readFileSync(file));

/** A function that reads one file by its path, such as `/log/0`; `` is the index. */
function reader(source) {
  if (/^https?:/.test(source)) return (path) => readUrl(source.replace(/\/+$/, "") + path);
  if (statSync(source, { throwIfNoEntry: false })?.isDirectory())
    return async (path) => readText(join(source, path === "" ? "index.json" : path));
  const whole = readText(source);
  const files = JSON.parse(whole);
  const fault = faultOfJson(whole);
  if (fault !== null) throw new Error(fault);
  return async (path) => {
    const text = Object.hasOwn(files, path) ? files[path] : undefined;
    if (text === undefined) throw new Error("it is not in the file");
    if (typeof text !== "string") return JSON.stringify(text);
    if (!text.isWellFormed()) throw new Error("it is no UTF-8: half a character stands alone");
    return text;
  };
}

/** What there is in a folder or a file, by path; a site does not say it. */
function pathsIn(source) {
  if (/^https?:/.test(source)) return [];
  if (!statSync(source).isDirectory()) return Object.keys(JSON.parse(readText(source)));
  const below = (path) =>
    statSync(join(source, path), { throwIfNoEntry: false })?.isDirectory()
      ? readdirSync(join(source, path)).flatMap((name) => below(`${path}/${name}`))
      : [path];
  return ["/log", "/lists", "/orders"]
    .filter((path) => statSync(join(source, path), { throwIfNoEntry: false }))
    .flatMap(below);
}

/**
 * What is wrong with a text that is JSON, and that no reader of JSON says; null: nothing. Whoever reads a name twice takes one of the
 * two, and whoever reads a number with a point or an exponent may round it.
 */
function faultOfJson(text) {
  const open = [];
  let name = "";
  for (let i = 0; i < text.length; i++) {
    const start = i;
    if (text[i] === "{") open.push(new Set());
    else if (text[i] === "}") open.pop();
    else if (text[i] === '"') {
      for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === "\\") i++;
      if (!isFollowedByColon(text, i + 1)) continue;
      name = JSON.parse(text.slice(start, i + 1));
      if (open.at(-1).has(name)) return `the field ${name} stands twice`;
      open.at(-1).add(name);
    } else if (/[-\d]/.test(text[i])) {
      while (/[-+.\deE]/.test(text[i + 1] ?? "")) i++;
      const isPlain = /^(0|[1-9]\d*)$/.test(text.slice(start, i + 1));
      if (!isPlain && name !== "admissionsPerSecond")
        return `the number of ${name} is not written with digits alone`;
    }
  }
  return null;
}

function isFollowedByColon(text, from) {
  let at = from;
  while (" \t\r\n".includes(text[at] ?? "-")) at++;
  return text[at] === ":";
}

async function readUrl(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIME_LIMIT_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return decodeText(await response.arrayBuffer());
}

const SALE = /^sale_[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

const isCounted = (part) => isWhole(part?.pages) && isWhole(part.count ?? part.lines);

/** @throws Unreadable: it is no index. */
function checkShape({ saleId, log, lists, orders }) {
  const areLists = Array.isArray(lists) && lists.every((list) => isCounted(list) && isWhole(list.list));
  if (!isText(saleId, SALE) || !isCounted(log) || !areLists || !isCounted(orders))
    throw new Unreadable("the index has not the form that it must have");
}

/** All that is published, and each file as it was. */
async function readAll(source) {
  const files = {};
  async function read(path) {
    try {
      return (files[path] = await readFile(path));
    } catch (error) {
      throw new Unreadable(`${path || "the index"} cannot be read: ${error.message}`);
    }
  }
  let readFile;
  let index;
  try {
    readFile = reader(source);
    const text = await read("");
    index = JSON.parse(text);
    const fault = faultOfJson(text);
    if (fault !== null) throw new Error(fault);
    checkShape(index);
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable(`${source} cannot be read: ${error.message}`);
  }
  /** The lines of numbered pages. A page that may grow may have done so since the index was written: what is beyond `count` is left out. */
  async function readPages(name, count, pageSize, pages, mayGrow) {
    check(pages === Math.ceil(count / pageSize), "index", `${name} says ${pages} pages for ${count} lines`);
    const lines = [];
    for (let page = 0; page * pageSize < count; page++) {
      const text = await read(`${name}/${page}`);
      const found = text.split("\n");
      check(found.pop() === "", `${name}/${page}`, "its last line has no end");
      const expected = Math.min(pageSize, count - page * pageSize);
      const isWhole = found.length >= expected && found.length <= (mayGrow ? pageSize : expected);
      check(isWhole, `${name}/${page}`, `it has ${found.length} lines in place of ${expected}`);
      check(!found.includes(""), `${name}/${page}`, "it has an empty line");
      lines.push(...found.slice(0, expected));
    }
    return lines;
  }
  const log = await readPages("/log", index.log.lines, LOG_PAGE, index.log.pages, true);
  const lists = [];
  for (const { list, count, pages } of index.lists)
    lists[list] = await readPages(`/lists/${list}`, count, LIST_PAGE, pages, false);
  const orders = await readPages("/orders", index.orders.count, ORDER_PAGE, index.orders.pages, true);
  for (const path of pathsIn(source)) check(Object.hasOwn(files, path), path, "the index does not name it");
  return { index, log, lists, orders, files };
}

// ---- Lists: sections 1, 2 and 4 -------------------------------------------------------------------------------------

function leafOf(saleId, list, { commitment, lane, quantity }) {
  return sha256(u8(0), saleId, u32(list), u8(lane), u16(quantity), unhex(commitment));
}

/** RFC 9162, section 2.1.1, over leaf hashes that are there already: level by level, an odd last node moves up. */
function rootOf(leaves) {
  if (leaves.length === 0) return sha256();
  let level = leaves;
  while (level.length > 1) {
    const next = [];
    for (let i = 0; i < level.length; i += 2)
      next.push(i + 1 < level.length ? sha256(u8(1), level[i], level[i + 1]) : level[i]);
    level = next;
  }
  return level[0];
}

const ENTRY = /^([0-9a-f]{64}) ([01]) ([1-9]\d{0,4})$/;

/** The entries of a list, each with its leaf, in the order in which they are published. */
function readEntries({ saleId, commitments }, list, lines) {
  const entries = [];
  for (const [index, line] of lines.entries()) {
    const where = `list ${list}, entry ${index}`;
    const [, commitment, lane, quantity] = ENTRY.exec(line) ?? [];
    if (!check(commitment, where, `"${line}" is no commitment, lane and quantity`)) continue;
    const entry = { list, lane: Number(lane), quantity: Number(quantity), commitment };
    if (!check(entry.quantity < 65_536, where, "its quantity is too large")) continue;
    check(!commitments.has(commitment), where, "its commitment stands twice: two entries have one salt");
    commitments.add(commitment);
    const leaf = leafOf(saleId, list, entry);
    const before = entries.at(-1)?.leafBytes;
    check(!before || Buffer.compare(before, leaf) < 0, where, "its leaf is not behind the one before");
    entries.push({ ...entry, leafBytes: leaf, leaf: hex(leaf) });
  }
  return entries;
}

const rankOf = (key, { list, lane, leafBytes }) =>
  `${String(list).padStart(8, "0")}.${lane}.${createHmac("sha256", key).update(leafBytes).digest("hex")}`;

/** The first place in sorted entries whose rank is larger. */
function placeAfter(ranked, rank) {
  let [low, high] = [0, ranked.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranked[middle].rank > rank) high = middle;
    else low = middle + 1;
  }
  return low;
}

// ---- The log: sections 3, 5 and 6 ------------------------------------------------------------------------------------

const FIELDS = {
  rules:
    "version saleId mode startsAtMs closesAtMs resultAtMs listSeconds turnSeconds purchaseLimit allocated chain",
  closing: "list",
  root: "list lane0 lane1 root round",
  key: "list round signature key",
  step: "step after upTo quantityAtMost people lapsedSteps holdsFromMs",
  lapse: "lapsedSteps holdsFromMs",
  settings: "admissionsPerSecond mostInside isPaused message role",
  joining: "isOpen role",
  allocation: "allocated role",
  withdrawn: "list leaf",
  orders: "count place late root",
  units: "count unitsLeft changed root",
  end: "reason",
  reopened: "units",
};
const NUMBERS =
  "n atMs version startsAtMs closesAtMs listSeconds turnSeconds purchaseLimit allocated list lane0 lane1 round step people lapsedSteps holdsFromMs mostInside units count place unitsLeft".split(
    " ",
  );
const CHAIN = ["hash", "publicKey", "genesisMs", "periodMs", "isRehearsal"];
const HASH = /^[0-9a-f]{64}$/;
const RANK = /^\d{8}\.[01]\.[0-9a-f]{64}$/;
const isWhole = (value) => Number.isSafeInteger(value) && value >= 0;
const UNITS = /^([0-9a-f]{64}) (0|[1-9]\d*) ([a-z_]+)$/;
const isText = (value, shape) => typeof value === "string" && shape.test(value);
const isHash = (value) => isText(value, HASH);
/** What became of an order, in a state in which it was decided. */
function isUnits(value) {
  const [, , left, state] = (isText(value, UNITS) && UNITS.exec(value)) || [];
  return isWhole(Number(left)) && STATES.get(state)?.isOpen === false;
}
/** By the hash of the order alone: each has one text. */
const isBehind = (text, before) => before.slice(0, 64) < text.slice(0, 64);
/** What each field must be that is no whole number. */
const SHAPES = {
  prev: isHash,
  root: isHash,
  key: isHash,
  leaf: isHash,
  signature: (value) => isText(value, /^[0-9a-f]{96}$/),
  quantityAtMost: (value) => isWhole(value) && value <= MOST_QUANTITY,
  after: (value) => value === "" || isText(value, RANK),
  upTo: (value) => isText(value, RANK),
  late: (value) =>
    Array.isArray(value) && value.every((hash, i) => isHash(hash) && (i === 0 || value[i - 1] < hash)),
  changed: (value) =>
    Array.isArray(value) &&
    value.every((text, i) => isUnits(text) && (i === 0 || isBehind(text, value[i - 1]))),
  isPaused: (value) => typeof value === "boolean",
  isOpen: (value) => typeof value === "boolean",
  role: (value) => isText(value, /\S/),
  message: (value) => typeof value === "string",
  admissionsPerSecond: (value) => Number.isFinite(value) && value >= 0 && value <= Number.MAX_SAFE_INTEGER,
  chain: (value) =>
    hasFields(value, CHAIN) &&
    isHash(value.hash) &&
    isText(value.publicKey, /^[0-9a-f]{192}$/) &&
    isWhole(value.genesisMs) &&
    isWhole(value.periodMs) &&
    value.periodMs > 0 &&
    typeof value.isRehearsal === "boolean",
};

const hasShape = (name, value) => (NUMBERS.includes(name) ? isWhole(value) : (SHAPES[name]?.(value) ?? true));

/** Whether an object has these fields and no others. */
const hasFields = (value, names) =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).length === names.length &&
  names.every((name) => Object.hasOwn(value, name));

/** A line as an object; null: it is none, and said so. */
function readLine(text, n) {
  const where = `log line ${n}`;
  let line;
  try {
    line = JSON.parse(text);
  } catch {
    wrong(where, "it is no JSON");
    return null;
  }
  const isKnown = typeof line?.kind === "string" && Object.hasOwn(FIELDS, line.kind);
  if (!check(isKnown, where, `its kind "${line?.kind}" is none`)) return null;
  const names = ["n", "prev", "atMs", "kind", ...FIELDS[line.kind].split(" ")];
  const isAsked = hasFields(line, names);
  if (!check(isAsked, where, `a ${line.kind} has the fields ${names.join(", ")} and no others`)) return null;
  const fault = faultOfJson(text);
  if (!check(fault === null, where, fault)) return null;
  const odd = names.filter((name) => !hasShape(name, line[name]));
  return check(odd.length === 0, where, `${odd.join(", ")} has not the form that it must have`) ? line : null;
}

/** Reads the log line by line as it grew, and checks each against all that was before it. */
function checkLog({ index, log, lists: files }, options) {
  const { saleId } = index;
  const state = {
    saleId,
    options,
    files,
    rules: null,
    /** By number: what the log has said of each list. */
    lists: [],
    /** All entries of lists with a key, by rank. */
    ranked: [],
    byLeaf: new Map(),
    /** Of all lists: each entry has a salt of its own. */
    commitments: new Set(),
    steps: [],
    lapsedSteps: 0,
    holdsFromMs: 0,
    upTo: "",
    /** When the first line of the log was written. */
    begunAtMs: 0,
    allocated: 0,
    /** What was allocated, from when on, and how many steps there were. */
    allocations: [],
    isPaused: false,
    withdrawn: new Set(),
    /** What the lines say that bind orders. */
    bound: [],
    /** What the lines say that bind what became of orders. */
    units: [],
    /** Sell-outs, and what was allocated then. */
    soldOut: [],
    /** The largest of any rules. */
    purchaseLimit: 0,
    end: null,
    /** Whether it ever did. */
    hasEnded: false,
    /** The last list that anybody joins, once the line was closed to newcomers. */
    lastList: Infinity,
    /** Of every line; the log may have been seen before its first one. */
    hashes: new Set([FIRST_PREV]),
  };
  let [prev, atMs] = [FIRST_PREV, 0];
  for (const [n, text] of log.entries()) {
    const where = `log line ${n}`;
    const line = readLine(text, n);
    if (line) {
      check(line.n === n, where, `it says that it is line ${line.n}`);
      check(
        line.prev === prev,
        where,
        "prev is not the hash of the line before: a line was changed or left out",
      );
      check(line.atMs >= atMs, where, "atMs fell");
      atMs = Math.max(atMs, line.atMs);
      if (n === 0) check(line.kind === "rules", where, "the first line must be the rules");
      if (n === 1) check(line.kind === "settings", where, "the second line must be the first settings");
      if (n === 0 || state.rules) laws[line.kind](state, line, where);
    }
    prev = hex(sha256(text));
    state.hashes.add(prev);
  }
  check(prev === index.log.hash, "index", "its hash is not that of the log's last line");
  return state;
}

const laws = {
  rules(state, line, where) {
    const { version, saleId, mode, chain, resultAtMs } = line;
    check(LOG_VERSIONS.includes(version), where, `version ${version} is not known`);
    check(saleId === state.saleId, where, `it is of another sale, ${saleId}`);
    check(MODES.includes(mode), where, `mode ${mode} is none`);
    check(
      mode === "draw" ? isWhole(resultAtMs) : resultAtMs === null,
      where,
      "resultAtMs does not fit the mode",
    );
    if (state.rules) {
      check(state.lists.length === 0, where, "the rules changed after list 0 was closed");
      check(mode === state.rules.mode, where, "the mode changed");
      check(version === state.rules.version, where, "the version changed");
      check(isSameChain(chain, state.rules.chain), where, "the beacon's chain changed");
    } else {
      checkChain(chain, where, state.options);
      state.begunAtMs = line.atMs;
    }
    checkRules(line, where);
    state.rules = line;
    state.allocated = line.allocated;
    state.allocations.push({ ...line, where, steps: 0 });
    state.purchaseLimit = Math.max(state.purchaseLimit, line.purchaseLimit);
  },

  closing(state, { list, atMs }, where) {
    check(list === state.lists.length, where, `list ${list} is closed out of order, or twice`);
    check(list <= state.lastList, where, `list ${list} was made after the line was closed to newcomers`);
    check(state.end === null, where, "a list is closed after the end");
    const { mode, closesAtMs, listSeconds } = state.rules;
    check(mode !== "draw" || list === 0, where, "a draw has one list");
    const before = state.lists[list - 1];
    if (list === 0) check(atMs >= closesAtMs, where, "list 0 is closed before its announced time");
    else if (before && state.lastList === Infinity)
      check(
        atMs - before.closedAtMs >= listSeconds * 1_000,
        where,
        `list ${list} was open for less than ${listSeconds} s`,
      );
    state.lists[list] ??= { closedAtMs: atMs, withdrawn: [] };
  },

  root(state, line, where) {
    const { list } = line;
    const known = state.lists[list];
    if (!check(known, where, `list ${list} has a root before it was closed`)) return;
    if (!check(!known.root, where, `list ${list} has a second root`)) return;
    check(list === 0 || state.lists[list - 1]?.root, where, `the list before ${list} has no root yet`);
    known.root = line;
    check(
      line.atMs - known.closedAtMs >= ROOT_AFTER_CLOSING_MS,
      where,
      `list ${list} was read before every join to it had ended`,
    );
    checkRound(state.rules, line, where);
    const lines = state.files[list];
    if (!check(lines, where, `the entries of list ${list} are not published`)) return;
    known.entries = readEntries(state, list, lines);
    const ofLane = (lane) => known.entries.filter((entry) => entry.lane === lane).length;
    check(
      ofLane(0) === line.lane0,
      where,
      `list ${list} has ${ofLane(0)} entries in lane 0, not ${line.lane0}`,
    );
    check(
      ofLane(1) === line.lane1,
      where,
      `list ${list} has ${ofLane(1)} entries in lane 1, not ${line.lane1}`,
    );
    const root = hex(rootOf(known.entries.map(({ leafBytes }) => leafBytes)));
    check(
      root === line.root,
      where,
      `the entries of list ${list} do not make this root: one was swapped, added, edited or left out`,
    );
    for (const entry of known.entries) state.byLeaf.set(entry.leaf, entry);
    checkQuantities(state, list, where);
    for (const leaf of known.withdrawn)
      check(
        state.byLeaf.get(leaf)?.list === list,
        where,
        `list ${list} has no entry with the leaf ${leaf}, which was withdrawn`,
      );
  },

  key(state, line, where) {
    const { list, round, signature } = line;
    const known = state.lists[list];
    if (!check(known?.root, where, `list ${list} has a key before it has a root`)) return;
    if (!check(!known.key, where, `list ${list} has a second key`)) return;
    check(list === 0 || state.lists[list - 1]?.key, where, `the list before ${list} has no key yet`);
    check(round === known.root.round, where, `it takes round ${round} in place of ${known.root.round}`);
    const { chain } = state.rules;
    const comesAtMs = chain.genesisMs + (round - 1) * chain.periodMs;
    check(line.atMs >= comesAtMs, where, `it is there before round ${round} has come`);
    const fault = faultOfSignature(chain.publicKey, round, signature);
    check(fault === null, where, `round ${round} of the beacon: ${fault}`);
    const parts = [LABEL, state.saleId, u32(list), unhex(known.root.root), unhex(chain.hash), u64(round)];
    const key = sha256(...parts, unhex(signature));
    check(hex(key) === line.key, where, "the key does not follow from root and signature");
    known.key = line;
    for (const entry of known.entries ?? []) entry.rank = rankOf(key, entry);
    const ranked = (known.entries ?? []).toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
    for (const entry of ranked) state.ranked.push(entry);
  },

  step(state, line, where) {
    const { step, after, upTo, people } = line;
    check(state.end === null, where, "a step follows the end");
    check(!state.isPaused, where, "it lets people in, and the line is paused");
    check(step === state.steps.length + 1, where, `step ${step} does not follow step ${state.steps.length}`);
    check(after < upTo, where, "its range is empty");
    const isSecondChance = state.rules.mode === "draw" && after < state.upTo;
    if (isSecondChance) check(upTo <= state.upTo, where, "a second chance moves the line on");
    else check(after === state.upTo, where, "it does not begin where the one before ended");
    check(line.holdsFromMs >= state.rules.startsAtMs, where, "it holds before the sale begins");
    checkLapse(state, line, where);
    const end = placeAfter(state.ranked, upTo);
    check(state.ranked[end - 1]?.rank === upTo, where, "upTo is no rank of an entry whose list has a key");
    const range = state.ranked.slice(placeAfter(state.ranked, after), end);
    const inTurn = range.filter((entry) => entry.quantity <= line.quantityAtMost);
    check(inTurn.length === people, where, `it is the turn of ${inTurn.length} entries, not of ${people}`);
    const { allocated } = state;
    const added = { ...line, isSecondChance, range, inTurn, lapsesAtMs: null, allocated };
    added.withdrawn = new Set(state.withdrawn);
    if (state.rules.mode === "draw") checkDrawnRange(added, where);
    else {
      check(
        inTurn.length === range.length,
        where,
        "somebody in its range may buy more than it lets anybody buy",
      );
    }
    state.steps.push(added);
    if (upTo > state.upTo) state.upTo = upTo;
  },

  lapse(state, line, where) {
    const { lapsedSteps } = state;
    checkLapse(state, line, where);
    check(line.lapsedSteps > lapsedSteps, where, "no step lapses by it");
  },

  settings(state, { isPaused }) {
    state.isPaused = isPaused;
  },

  joining(state, { isOpen }, where) {
    check(state.rules.mode !== "draw", where, "a draw has one list, and nobody closes it before its time");
    check(
      isOpen === (state.lastList !== Infinity),
      where,
      `the line is ${isOpen ? "open" : "closed"} to newcomers as it was`,
    );
    state.lastList = isOpen ? Infinity : state.lists.length;
  },

  allocation(state, line, where) {
    state.allocations.push({ ...line, where, steps: state.steps.length });
    state.allocated = line.allocated;
  },

  withdrawn(state, { list, leaf }, where) {
    check(!state.withdrawn.has(leaf), where, "this entry was withdrawn before");
    state.withdrawn.add(leaf);
    const known = state.lists[list];
    if (!check(known, where, `list ${list} is open: whoever leaves it leaves no trace`)) return;
    // Between closing and root nobody has published the list yet; but a leaf stands in one list alone.
    if (!known.root) known.withdrawn.push(leaf);
    const listOfLeaf = state.byLeaf.get(leaf)?.list ?? (known.root ? null : list);
    check(listOfLeaf === list, where, `list ${list} has no entry with this leaf`);
  },

  orders(state, line, where) {
    check(state.rules.version >= 2, where, "a log of version 1 binds no orders");
    const { count, place } = state.bound.at(-1) ?? { count: 0, place: 0 };
    check(line.place >= place, where, "the place up to which it is bound fell");
    check(line.count > count && line.count >= count + line.late.length, where, "it binds no order anew");
    state.bound.push({ ...line, where });
  },

  units(state, line, where) {
    check(state.rules.version >= 3, where, "a log before version 3 does not bind what became of orders");
    const before = state.units.at(-1);
    check(line.count === state.bound.at(-1)?.count, where, "it is not of the orders that are bound");
    const isNew = before ? line.count > before.count || line.changed.length > 0 : line.changed.length === 0;
    check(isNew, where, "it says nothing new of the orders");
    state.units.push({ ...line, bindings: state.bound.length, where });
  },

  end(state, { reason, atMs }, where) {
    check(state.end === null, where, "the line has ended before");
    check(reason === "sold_out" || reason === "ended", where, `its reason "${reason}" is none`);
    if (reason === "sold_out") state.soldOut.push({ atMs, allocated: state.allocated, where });
    state.end = reason;
    state.hasEnded = true;
  },

  reopened(state, { units }, where) {
    check(state.end !== null, where, "the line goes on, and it had not ended");
    check(units > 0, where, "the line goes on without a unit");
    state.end = null;
  },
};

/** What the numbers of the rules must be, by mode. */
function checkRules({ mode, startsAtMs, closesAtMs, listSeconds, turnSeconds, purchaseLimit }, where) {
  if (mode === "draw") check(listSeconds === 0, where, "a draw has one list, and listSeconds that are not 0");
  else check(listSeconds > 0, where, "listSeconds is 0, and a list would close at once");
  check(turnSeconds > 0, where, "turnSeconds is 0, and nobody could buy");
  check(purchaseLimit > 0, where, "purchaseLimit is 0, and nobody could buy");
  if (mode === "returns") check(purchaseLimit === 1, where, "a turn for returns is for one unit");
  else
    check(
      closesAtMs <= startsAtMs - CLOSES_BEFORE_OPENING_MS,
      where,
      "closesAtMs must be two minutes or more before the opening",
    );
}

const isSameChain = (a, b) => CHAIN.every((name) => a?.[name] === b?.[name]);

function checkChain(chain, where, { isRehearsalTaken }) {
  const isQuicknet = Object.entries(QUICKNET).every(([name, value]) => chain?.[name] === value);
  const isAnother = ["hash", "publicKey"].every((name) => chain?.[name] !== QUICKNET[name]);
  if (chain?.isRehearsal === true && isAnother)
    return check(
      isRehearsalTaken,
      where,
      "the beacon is a REHEARSAL's: whoever has its key can choose the order (--rehearsal takes it all the same)",
    );
  return check(isQuicknet && chain.isRehearsal === false, where, "the beacon is not drand's quicknet");
}

function checkRound({ mode, startsAtMs, resultAtMs, chain }, { round, atMs }, where) {
  const ruledMs = mode === "draw" ? resultAtMs : startsAtMs - ROUND_BEFORE_OPENING_MS;
  const notBeforeMs = Math.max(ruledMs, atMs + ROOT_BEFORE_ROUND_MS);
  const right = Math.ceil((notBeforeMs - chain.genesisMs) / chain.periodMs) + 1;
  check(round === right, where, `the round must be ${right}, not ${round}`);
  const comesAtMs = chain.genesisMs + (round - 1) * chain.periodMs;
  check(comesAtMs - atMs >= ROOT_BEFORE_ROUND_MS, where, "the root did not stand 15 s before its round");
}

/** Section 1. List 0 alone: the limit may be raised later, which the log does not say. For returns it never is. */
function checkQuantities({ lists, rules, purchaseLimit }, list, where) {
  const isLimited = list === 0 || rules.mode === "returns";
  const most = isLimited ? Math.min(purchaseLimit, MOST_QUANTITY) : MOST_QUANTITY;
  const largest = lists[list].entries.reduce((sum, { quantity }) => Math.max(sum, quantity), 0);
  check(largest <= most, where, `list ${list} has an entry of ${largest} units, and ${most} are the most`);
}

/** Law 6: ranges of a draw. */
function checkDrawnRange({ range, inTurn, withdrawn, quantityAtMost, isSecondChance }, where) {
  const isAlone = range.length === 1;
  const [first] = range;
  if (range.some(({ leaf }) => withdrawn.has(leaf)))
    check(isAlone && quantityAtMost === 0, where, "an entry that was withdrawn is in no range of its own");
  else check(quantityAtMost > 0, where, "its quantityAtMost is 0, and nobody in its range was withdrawn");
  check(
    range.every(({ lane }) => lane === first.lane),
    where,
    "it goes over the end of a lane",
  );
  // 255 says that as many were left, or more.
  const promised = inTurn.reduce((sum, { quantity }) => sum + quantity, 0);
  check(
    quantityAtMost === MOST_QUANTITY || promised <= quantityAtMost,
    where,
    `it promises ${promised} units, and its quantityAtMost says that ${quantityAtMost} were left`,
  );
  if (isSecondChance)
    check(
      isAlone && first.quantity === quantityAtMost,
      where,
      "a second chance is for one entry, and for its quantity",
    );
}

function checkLapse(state, { atMs, lapsedSteps, holdsFromMs }, where) {
  check(
    lapsedSteps >= state.lapsedSteps,
    where,
    `lapsedSteps fell from ${state.lapsedSteps} to ${lapsedSteps}`,
  );
  check(lapsedSteps <= state.steps.length, where, `step ${lapsedSteps} lapsed before it was there`);
  check(holdsFromMs >= state.holdsFromMs, where, "holdsFromMs fell");
  check(holdsFromMs >= atMs + STEP_AHEAD_MS, where, "it holds before every copy of the log has it");
  const leastMs = state.rules.turnSeconds * 1_000 + TURN_GRACE_MS;
  for (const step of state.steps.slice(state.lapsedSteps, lapsedSteps)) {
    step.lapsesAtMs ??= holdsFromMs;
    const lastedMs = holdsFromMs - step.holdsFromMs;
    check(
      lastedMs >= leastMs,
      where,
      `turns of step ${step.step} lapse after ${lastedMs} ms, before their time`,
    );
  }
  state.lapsedSteps = Math.max(state.lapsedSteps, lapsedSteps);
  state.holdsFromMs = Math.max(state.holdsFromMs, holdsFromMs);
}

// ---- Orders: section 7 -----------------------------------------------------------------------------------------------

/** What each state says of the units that are left. */
const STATES = new Map([
  ...["reserved", "held", "authorised", "placed"].map((kind) => [
    kind,
    { isOpen: true, fits: (left, all) => left === all },
  ]),
  ["confirmed", { isOpen: false, fits: (left) => left > 0 }],
  ...["returned", "refunded", "rejected", "failed", "expired", "cancelled"].map((kind) => [
    kind,
    { isOpen: false, fits: (left) => left === 0 },
  ]),
]);

function checkOrderState({ kind, left, quantity }, isFinal, where) {
  const known = STATES.get(kind);
  if (!check(known, where, `its state ${kind} is none`)) return;
  check(known.fits(left, quantity), where, `it is ${kind}, and ${left} of ${quantity} units are left`);
  check(!isFinal || !known.isOpen, where, `it is ${kind}, and the table is called final`);
}

/** Without leaf and step: of an open sale, from before anybody stood in line. */
const ORDER =
  /^([0-9a-f]{64}) ([1-9]\d*) (?:([0-9a-f]{64}) ([1-9]\d*)|- -) ([1-9]\d*) (0|[1-9]\d*) ([a-z_]+) (0|[1-9]\d*)$/;

function checkOrders(state, lines, isFinal) {
  const seen = new Set();
  const ordered = [];
  const rows = [];
  /** By leaf: units that were ordered, and units that are still theirs. */
  const bought = new Map();
  let [lastPlace, unitsLeft] = [0, 0];
  for (const [index, text] of lines.entries()) {
    const found = ORDER.exec(text);
    const where = `order ${index}`;
    if (!check(found, where, `"${text}" is no order`)) continue;
    const [place, step, quantity, left, , reservedAtMs] = [
      found[2],
      found[4],
      found[5],
      found[6],
      0,
      found[8],
    ].map(Number);
    const [, orderHash, , leaf] = found;
    check(!seen.has(orderHash), where, "it is there twice");
    seen.add(orderHash);
    // After a store was lost two orders may have one place.
    check(place >= lastPlace, where, "places fall");
    lastPlace = Math.max(lastPlace, place);
    check(left <= quantity, where, "it has more units left than were ordered");
    checkOrderState({ kind: found[7], left, quantity }, isFinal, where);
    unitsLeft += left;
    ordered.push({ quantity, reservedAtMs });
    const unchanging = [orderHash, found[2], leaf ?? "-", found[4] ?? "-", found[5], found[8]].join(" ");
    const units = `${orderHash} ${found[6]} ${found[7]}`;
    rows.push({ orderHash, place, quantity, entry: leaf, text: unchanging, units });
    if (leaf === undefined) {
      check(
        state.rules?.mode === "returns",
        where,
        "it has no leaf: it was bought by somebody outside the line",
      );
      check(
        reservedAtMs < state.begunAtMs,
        where,
        "it has no leaf, and was reserved after the line had begun",
      );
      continue;
    }
    checkTurn(state, { leaf, step, quantity, reservedAtMs }, where);
    const sum = bought.get(leaf) ?? { ordered: 0, left: 0 };
    bought.set(leaf, { ordered: sum.ordered + quantity, left: sum.left + left });
  }
  for (const [leaf, { left }] of bought) {
    const most = state.byLeaf.get(leaf)?.quantity ?? 0;
    check(left <= most, `leaf ${leaf}`, `it bought ${left} units, and may have ${most}`);
  }
  check(
    unitsLeft <= state.allocated,
    "orders",
    `${unitsLeft} units are sold, and ${state.allocated} are allocated`,
  );
  if (isFinal) {
    check(state.hasEnded, "orders", "the table is called final, and the log has no end");
    checkSellOuts(state, ordered);
  }
  checkUnits(state, checkBound(state, rows, isFinal), isFinal);
  return bought;
}

// ---- The orders that the log binds: law 13 ----------------------------------------------------------------------------

/** A Merkle tree that grows: the heads of its whole subtrees, the largest first. Its head is that of RFC 9162. */
function growingTree() {
  const heads = [];
  return {
    add(leaf) {
      let head = { size: 1, hash: leaf };
      while (heads.at(-1)?.size === head.size) {
        const left = heads.pop();
        head = { size: 2 * head.size, hash: sha256(u8(1), left.hash, head.hash) };
      }
      heads.push(head);
    },
    root: () =>
      heads.length === 0
        ? sha256()
        : heads.map(({ hash }) => hash).reduceRight((rest, left) => sha256(u8(1), left, rest)),
  };
}

/** Each line that binds orders, against the table as it is: what a later line names as late was not there before. */
function checkBound({ bound, rules }, rows, isFinal) {
  const inOrder = rows.toSorted((a, b) => a.place - b.place || (a.orderHash < b.orderHash ? -1 : 1));
  for (const row of inOrder) row.leaf = sha256(u8(0), row.text);
  /** By the hash of an order that came late: the number of the line that names it. */
  const lateIn = new Map();
  for (const [number, { late, where }] of bound.entries())
    for (const orderHash of late) {
      check(!lateIn.has(orderHash), where, `the order ${orderHash} is late twice`);
      lateIn.set(orderHash, number);
    }
  const placeOf = new Map(rows.map(({ orderHash, place }) => [orderHash, place]));
  let [tree, taken, count, last] = [growingTree(), 0, 0, 0];
  for (const [number, line] of bound.entries()) {
    const { late, where } = line;
    const isLate = (orderHash) => placeOf.get(orderHash) <= (bound[number - 1]?.place ?? 0);
    check(late.every(isLate), where, "an order that it names as late is in no place that was bound before");
    // Whoever came late stands before others: the tree is made anew.
    if (late.length > 0) [tree, taken, count, last] = [growingTree(), 0, 0, 0];
    for (; taken < inOrder.length && inOrder[taken].place <= line.place; taken++) {
      if ((lateIn.get(inOrder[taken].orderHash) ?? 0) > number) continue;
      tree.add(inOrder[taken].leaf);
      count++;
      last = inOrder[taken].place;
    }
    check(last === line.place, where, `${line.place} is not the largest place of the orders that it binds`);
    const isRight = count === line.count && hex(tree.root()) === line.root;
    check(isRight, where, "the orders do not make its root: one was changed, added or left out since");
  }
  const boundCount = bound.at(-1)?.count ?? 0;
  if (isFinal && rules?.version >= 2)
    check(boundCount === rows.length, "orders", `${rows.length} are final, and the log binds ${boundCount}`);
  return { inOrder, lateIn };
}

// ---- What became of the orders: law 14 --------------------------------------------------------------------------------

const parent = (level, i) => (i + 1 < level.length ? sha256(u8(1), level[i], level[i + 1]) : level[i]);

/** A Merkle tree of which single leaves change: the same root, level by level. */
function changingTree(leaves) {
  const levels = [[...leaves]];
  while (levels.at(-1).length > 1) {
    const level = levels.at(-1);
    levels.push(Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => parent(level, 2 * i)));
  }
  return {
    set(at, leaf) {
      levels[0][at] = leaf;
      for (let height = 1, i = at >> 1; height < levels.length; height++, i >>= 1)
        levels[height][i] = parent(levels[height - 1], 2 * i);
    },
    root: () => levels.at(-1)[0] ?? sha256(),
  };
}

const leftOf = (text) => Number(text.split(" ")[1]);

/** States of an order that has no unit left, between which its money moves. */
const MONEY_ALONE = ["returned", "refunded"];

/** Units only come back; and of an order without units nothing changes but what is known of its money. */
function mayBecome([, , leftBefore, stateBefore], [, , leftAfter, stateAfter]) {
  if (stateBefore === "confirmed" && stateAfter === "confirmed")
    return Number(leftAfter) < Number(leftBefore);
  return ["confirmed", ...MONEY_ALONE].includes(stateBefore) && MONEY_ALONE.includes(stateAfter);
}

/** What each line says of orders as they were: of each table, final or not, since quantities and places are bound. */
function checkChanged({ units }, { inOrder }, isMember) {
  const rowOf = new Map(inOrder.map((row) => [row.orderHash, row]));
  for (const [number, { changed, where }] of units.entries())
    for (const [, orderHash, left, state] of changed.map((text) => UNITS.exec(text))) {
      const row = rowOf.get(orderHash);
      const isKnown = number > 0 && row && isMember(row, units[number - 1].bindings);
      if (
        !check(
          isKnown,
          where,
          `the line before does not speak of the order ${orderHash}, and it did not change`,
        )
      )
        continue;
      const { quantity } = row;
      const fits = Number(left) <= quantity && STATES.get(state).fits(Number(left), quantity);
      check(fits, where, `the order ${orderHash} was ${state}, with ${left} of ${quantity} units left`);
    }
}

/** From the table as it is now back to each line that said what became of the orders: the line behind it names what changed since. */
function checkUnits(state, { inOrder, lateIn }, isFinal) {
  const { units, bound, rules, byLeaf } = state;
  if (!(rules?.version >= 3)) return;
  /** Fewer orders were bound then: those of later places, and those that came late, were not there. */
  const isMember = ({ place, orderHash }, bindings) =>
    place <= (bound[bindings - 1]?.place ?? 0) && (lateIn.get(orderHash) ?? 0) < bindings;
  checkChanged(state, { inOrder }, isMember);
  if (!isFinal) return;
  const last = units.at(-1);
  check(
    (last?.count ?? 0) === inOrder.length,
    "orders",
    `${inOrder.length} are final, and the log says of ${last?.count ?? 0} what became of them`,
  );
  const textOf = new Map(inOrder.map((row) => [row.orderHash, row.units]));
  const leafOfUnits = (orderHash) => sha256(u8(0), textOf.get(orderHash));
  let [bindings, tree, members, at, left] = [-1, null, [], new Map(), 0];
  /** By entry: its units left. */
  let leftOfEntry = new Map();
  const addLeft = ({ entry }, more) => leftOfEntry.set(entry, (leftOfEntry.get(entry) ?? 0) + more);
  for (const line of units.toReversed()) {
    const { where } = line;
    if (line.bindings !== bindings) {
      bindings = line.bindings;
      members = inOrder.filter((row) => isMember(row, bindings));
      at = new Map(members.map(({ orderHash }, i) => [orderHash, i]));
      tree = changingTree(members.map(({ orderHash }) => leafOfUnits(orderHash)));
      left = members.reduce((sum, { orderHash }) => sum + leftOf(textOf.get(orderHash)), 0);
      leftOfEntry = new Map();
      for (const row of members) addLeft(row, leftOf(textOf.get(row.orderHash)));
    }
    const isRight = members.length === line.count && hex(tree.root()) === line.root;
    check(
      isRight,
      where,
      "what became of the orders does not make its root: units or a state were changed, and no line says so",
    );
    check(left === line.unitsLeft, where, `${left} units are left, and it says ${line.unitsLeft}`);
    for (const text of line.changed) {
      const before = UNITS.exec(text);
      const now = textOf.get(before[1]);
      const isThere = check(
        at.has(before[1]) && now !== text,
        where,
        `the order ${before[1]} did not change`,
      );
      if (!isThere) continue;
      check(
        mayBecome(before, UNITS.exec(now)),
        where,
        `the order ${before[1]} was "${text.slice(65)}" and became "${now.slice(65)}": units only come back`,
      );
      textOf.set(before[1], text);
      tree.set(at.get(before[1]), leafOfUnits(before[1]));
      const more = leftOf(text) - leftOf(now);
      left += more;
      const row = members[at.get(before[1])];
      addLeft(row, more);
      const most = byLeaf.get(row.entry)?.quantity ?? Infinity;
      const leftThen = leftOfEntry.get(row.entry);
      check(
        row.entry === undefined || leftThen <= most,
        where,
        `leaf ${row.entry} had ${leftThen} units, and may have ${most}`,
      );
    }
  }
}

/** Law 11: at a sell-out all that was allocated had been ordered; units of orders that ended later, or stay off sale, included. */
function checkSellOuts({ soldOut }, ordered) {
  for (const { atMs, allocated, where } of soldOut) {
    const before = ordered.filter(({ reservedAtMs }) => reservedAtMs <= atMs + CLOCKS_APART_MS);
    const units = before.reduce((sum, { quantity }) => sum + quantity, 0);
    check(units >= allocated, where, `it was not sold out: ${units} of ${allocated} units had been ordered`);
  }
}

function checkTurn(state, { leaf, step, quantity, reservedAtMs }, where) {
  const entry = state.byLeaf.get(leaf);
  if (!check(entry, where, "its leaf is in no list")) return;
  check(quantity <= entry.quantity, where, `it is of ${quantity} units, and its entry of ${entry.quantity}`);
  const turn = state.steps[step - 1];
  if (!check(turn, where, `step ${step} is not in the log`)) return;
  const isIn = turn.after < entry.rank && entry.rank <= turn.upTo && entry.quantity <= turn.quantityAtMost;
  check(isIn, where, `its entry had no turn in step ${step}`);
  check(reservedAtMs >= turn.holdsFromMs, where, `it was reserved before step ${step} held`);
  const isLate = turn.lapsesAtMs !== null && reservedAtMs >= turn.lapsesAtMs;
  check(!isLate, where, `it was reserved after step ${step} had lapsed`);
}

// ---- A draw's promises: law 7 ----------------------------------------------------------------------------------------

/**
 * Replays who won. What a lapsed turn bought is known by its orders as they are today; units that came back since are
 * therefore taken as never bought where that is in doubt for the worse, and as bought where it is in doubt for the better.
 */
function checkPromises({ steps, allocations }, bought, isFinal) {
  /** By leaf. */
  const promised = new Map();
  /** By quantity: who was passed over in the first pass and has had no turn since, soonest first. */
  const passedOver = new Map();
  const told = { promised, bought, isFinal };
  for (const [number, step] of steps.entries()) {
    const where = `step ${step.step}`;
    checkAllocations(allocations, number, told);
    let { least, most } = unitsTaken(told, step.atMs);
    const leastAllocated = leastAllocatedAround(allocations, step.atMs);
    checkSooner({ ...step, leastAllocated }, passedOver, most, where);
    if (isFinal) checkOffer({ ...step, leastAllocated }, { promised, bought }, where);
    if (!step.isSecondChance)
      check(
        step.quantityAtMost <= Math.max(0, step.allocated - least),
        where,
        `its quantityAtMost is more than the ${step.allocated - least} units left`,
      );
    for (const entry of step.range) {
      const { leaf, quantity } = entry;
      const isWithdrawn = step.withdrawn.has(leaf);
      if (quantity <= step.quantityAtMost) {
        check(!isWithdrawn, where, `it promises units to an entry that was withdrawn, ${leaf}`);
        check(!promised.has(leaf), where, `it is the second turn of the entry ${leaf}`);
        promised.set(leaf, { quantity, step });
        passedOver.get(quantity)?.delete(entry);
        least += quantity;
        most += quantity;
        check(
          least <= step.allocated,
          where,
          `${least} units are promised, and ${step.allocated} are allocated`,
        );
      } else if (!step.isSecondChance && !isWithdrawn) {
        check(
          most + quantity > leastAllocated,
          where,
          `the entry ${leaf} was passed over, and its ${quantity} units would have fit`,
        );
        if (!passedOver.has(quantity)) passedOver.set(quantity, new Set());
        passedOver.get(quantity).add(entry);
      }
    }
  }
  checkAllocations(allocations, steps.length, told);
}

/**
 * How many units were surely promised or bought at an instant, and how many perhaps. A table that is not final is behind: an order
 * may be missing, and units may have come back. Then an entry has its quantity surely until its step holds, and perhaps ever after.
 */
function unitsTaken({ promised, bought, isFinal }, atMs) {
  let [least, most] = [0, 0];
  for (const [leaf, { quantity, step }] of promised) {
    const { ordered = 0, left = 0 } = bought.get(leaf) ?? {};
    const { lapsesAtMs, holdsFromMs } = step;
    // Until its lapse holds a turn may still buy, whether or not its entry was withdrawn. Of what was bought in a turn that
    // runs, the units that came back are others' by now.
    if (isFinal) least += isFreeAt(lapsesAtMs, atMs) ? left : Math.max(0, quantity - ordered) + left;
    else if (atMs < holdsFromMs) least += quantity;
    const isSurelyFree = isFinal && isFreeAt(lapsesAtMs, atMs - COUNTED_BEFORE_MS);
    most += isSurelyFree ? Math.min(ordered, quantity) : quantity;
  }
  return { least, most };
}

/** Promised units are never taken off sale: at each line that changes the allocation, between one step and the next. */
function checkAllocations(allocations, steps, told) {
  for (const { allocated, atMs, where } of allocations.filter((line) => line.steps === steps)) {
    const { least } = unitsTaken(told, atMs);
    check(least <= allocated, where, `${least} units are promised, and ${allocated} are allocated`);
  }
}

/** The least of a minute before and a minute after: units may go off sale before the log says so, and be counted after. */
function leastAllocatedAround(allocations, atMs) {
  const before = allocations.findLast((line) => line.atMs <= atMs - COUNTED_BEFORE_MS);
  const within = allocations.filter((line) => Math.abs(line.atMs - atMs) <= COUNTED_BEFORE_MS);
  return [before, ...within].reduce((least, line) => Math.min(least, line?.allocated ?? Infinity), Infinity);
}

/** Law 6: a step of the first pass offers what is left, but for what may have been taken, or off sale, when it was made. */
function checkOffer(step, { promised, bought }, where) {
  // Who was withdrawn is offered nothing.
  if (step.isSecondChance || step.quantityAtMost === 0) return;
  let taken = 0;
  for (const [leaf, { quantity, step: given }] of promised) {
    const { ordered = 0, left = 0 } = bought.get(leaf) ?? {};
    const hasLapsed = isFreeAt(given.lapsesAtMs, step.atMs - COUNTED_BEFORE_MS);
    taken += hasLapsed ? ordered : quantity + ordered - left;
  }
  const offered = Math.min(MOST_QUANTITY, step.leastAllocated - taken);
  check(
    step.quantityAtMost >= offered,
    where,
    `its quantityAtMost is ${step.quantityAtMost}, and ${offered} units were left`,
  );
}

const isFreeAt = (lapsesAtMs, atMs) => lapsesAtMs !== null && lapsesAtMs <= atMs;

/** Whoever was passed over and fits by now has a turn before anybody who is later. */
function checkSooner(step, passedOver, most, where) {
  for (const [quantity, entries] of passedOver) {
    if (most + quantity > step.leastAllocated) continue;
    const first = [...entries].find(({ leaf }) => !step.withdrawn.has(leaf));
    const isSooner = first && (!step.isSecondChance || first.rank <= step.after);
    check(!isSooner, where, `the entry ${first?.leaf} is sooner, was passed over, and would fit by now`);
  }
}

// ---- All of it -------------------------------------------------------------------------------------------------------

const INDEX = ["version", "saleId", "mode", "chain", "log", "lists", "orders"];

function checkIndexFields(index) {
  const has = (part, names, name) =>
    check(hasFields(part, names), "index", `${name} has the fields ${names.join(", ")} and no others`);
  has(index, INDEX, "it");
  has(index.chain, CHAIN, "chain");
  has(index.log, ["lines", "pages", "hash"], "log");
  for (const [n, list] of index.lists.entries()) has(list, ["list", "count", "pages", "root"], `list ${n}`);
  has(index.orders, ["count", "pages", "isFinal"], "orders");
  check(typeof index.orders.isFinal === "boolean", "index", "isFinal is neither true nor false");
}

function checkIndex({ index }, state) {
  check(index.version === VERSION, "index", `version ${index.version} is not known`);
  checkIndexFields(index);
  check(index.mode === state.rules?.mode, "index", "its mode is not that of the rules");
  check(isSameChain(index.chain, state.rules?.chain), "index", "its chain is not that of the rules");
  const rooted = state.lists.flatMap((list, number) => (list.root ? [number] : []));
  check(
    index.lists.map(({ list }) => list).join() === rooted.join(),
    "index",
    "its lists are not those that have a root, in their order",
  );
  for (const { list, count, root } of index.lists) {
    const logged = state.lists[list]?.root;
    if (!check(logged, "index", `list ${list} has no root in the log`)) continue;
    check(root === logged.root, "index", `the root of list ${list} is not the log's`);
    check(count === logged.lane0 + logged.lane1, "index", `list ${list} has another count in the log`);
  }
}

const BUYER = /^byr_.{26}$/;

/** What is wrong with the form of a receipt; null: nothing. */
function faultOfReceipt(receipt) {
  if (typeof receipt !== "object" || receipt === null || Array.isArray(receipt))
    return "it is no JSON object";
  const forms = {
    saleId: (value) => isText(value, SALE),
    list: (value) => isWhole(value) && value < 100_000_000,
    lane: (value) => value === 0 || value === 1,
    quantity: (value) => isWhole(value) && value >= 1 && value <= MOST_QUANTITY,
    buyerId: (value) => isText(value, BUYER),
    salt: (value) => isText(value, /^[0-9a-f]{32}$/),
    leaf: isHash,
  };
  const odd = Object.keys(forms).filter((name) => !forms[name](receipt[name]));
  return odd.length === 0 ? null : `${odd.join(", ")} has not the form that it must have`;
}

/** @throws WrongUse: there is none. */
function readReceipt(file) {
  const refuse = (why) => new WrongUse(`The receipt ${file} cannot be used: ${why}.`);
  let receipt;
  try {
    receipt = JSON.parse(readText(file));
  } catch (error) {
    throw refuse(error instanceof SyntaxError ? "it is no JSON" : error.message);
  }
  const fault = faultOfReceipt(receipt);
  if (fault !== null) throw refuse(fault);
  return receipt;
}

/** Of one's own receipt: where the entry stands. @throws WrongUse: it is of another sale. */
function checkReceipt(state, receipt) {
  const { saleId, list, lane, quantity, buyerId, salt, leaf } = receipt;
  const where = "your receipt";
  if (saleId !== state.saleId) throw new WrongUse(`Your receipt is of another sale, ${saleId}.`);
  const commitment = hex(sha256(unhex(salt), buyerId));
  const right = hex(leafOf(saleId, list, { commitment, lane, quantity }));
  check(right === leaf, where, "its leaf does not follow from what it says");
  // Its list is open, or closed and not read yet: nobody is in it so far, and nobody was left out.
  if (!state.lists[list]?.root)
    return console.log(
      `Your receipt is of list ${list}, which has no root yet: whether your entry is in it shows later.`,
    );
  const inLane0 = hex(leafOf(saleId, list, { commitment, lane: 0, quantity }));
  const entry = state.byLeaf.get(leaf) ?? state.byLeaf.get(inLane0);
  if (entry && !state.byLeaf.has(leaf))
    console.log(
      "Your receipt says lane 1: that was undone before the list closed, and your entry is in lane 0.",
    );
  if (!check(entry, where, `your entry is not in list ${list}: YOU WERE LEFT OUT`)) return;
  if (!entry.rank) return console.log(`Your entry is in list ${list}, whose round has not come yet.`);
  const turn = state.steps.findLast((step) => step.inTurn.includes(entry));
  const place = placeAfter(state.ranked, entry.rank);
  console.log(`Your entry: place ${place} of ${state.ranked.length}, lot ${entry.rank.slice(11)}.`);
  console.log(turn ? `Its turn: step ${turn.step}.` : "It has had no turn.");
}

const VALUES = ["--save", "--receipt", "--seen"];

function readArguments(words) {
  const options = { isRehearsalTaken: words.includes("--rehearsal") };
  const rest = [];
  for (let i = 0; i < words.length; i++) {
    if (VALUES.includes(words[i])) options[words[i].slice(2)] = words[++i];
    else if (words[i] !== "--rehearsal") rest.push(words[i]);
  }
  const isMissing = VALUES.some((name) => words.includes(name) && options[name.slice(2)] === undefined);
  if (rest.length !== 1 || isMissing || rest[0].startsWith("--"))
    throw new WrongUse("Say where the files are, as the top of this script explains.");
  checkSeen(options.seen);
  const { receipt: file } = options;
  return { source: rest[0], ...options, receipt: file === undefined ? null : readReceipt(file) };
}

/** @throws WrongUse: it is no hash of a line, and looking for it would show nothing. */
function checkSeen(seen) {
  if (seen === undefined) return;
  if (!isHash(seen))
    throw new WrongUse(`--seen takes a hash of 64 small hexadecimal digits, and "${seen}" is none.`);
  if (seen === FIRST_PREV)
    throw new WrongUse(
      "--seen has 64 zeros: that is what stands before the first line, and no line has this hash.",
    );
}

/** A copy of the index may be so much older than that of another file. */
const COPIES_MS = 3_000;
const MOST_READINGS = 4;

/** Files of a site may change while they are read: then what was found says nothing, and all is read again. */
async function verify() {
  const { source, ...options } = readArguments(process.argv.slice(2));
  for (let reading = 1; ; reading++) {
    const found = await verifyOnce(source, options);
    const mayHaveMoved = faults.length > 0 && /^https?:/.test(source) && reading < MOST_READINGS;
    if (!mayHaveMoved || !(await hasMoved(source, found.all))) return finish(found, options);
    faults.length = 0;
  }
}

async function hasMoved(source, { files }) {
  await new Promise((resume) => setTimeout(resume, COPIES_MS));
  return (await reader(source)("")) !== files[""];
}

async function verifyOnce(source, options) {
  const all = await readAll(source);
  const state = checkLog(all, options);
  const isFinal = all.index.orders.isFinal === true;
  if (isUnpublished(all)) checkIndexFields(all.index);
  else {
    checkIndex(all, state);
    const bought = checkOrders(state, all.orders, isFinal);
    if (state.rules?.mode === "draw") checkPromises(state, bought, isFinal);
  }
  if (options.seen)
    check(
      state.hashes.has(options.seen),
      "what you saw",
      "no line of the log has this hash: THE LOG WAS CHANGED",
    );
  return { all, state };
}

/** Before its first line a log says nothing. Of an open sale there may be orders by then. */
const isUnpublished = ({ index, orders }) =>
  index.log.lines === 0 &&
  index.log.hash === FIRST_PREV &&
  index.lists.length === 0 &&
  (orders.length === 0 || index.mode === "returns");

function finish({ all, state }, options) {
  if (options.receipt && !isUnpublished(all)) checkReceipt(state, options.receipt);
  if (options.save) writeFileSync(options.save, JSON.stringify(all.files, null, 1));
  report(all, state);
}

function report(all, { rules, lists, ranked, steps, bound, units }) {
  const { index, log, orders } = all;
  if (faults.length > 0) {
    console.error(`WRONG: the line of ${index.saleId} was not made as the protocol says.\n`);
    for (const fault of faults.slice(0, MOST_FAULTS)) console.error(`  ${fault}`);
    if (faults.length > MOST_FAULTS) console.error(`  … and ${faults.length - MOST_FAULTS} more`);
    process.exitCode = 1;
    return;
  }
  if (isUnpublished(all)) {
    console.log(`NOTHING YET: the log of ${index.saleId} has no line, so that there is nothing to check.`);
    process.exitCode = 3;
    return;
  }
  const entries = lists.reduce((sum, list) => sum + (list.entries?.length ?? 0), 0);
  const keys = lists.filter(({ key }) => key).length;
  const isSaid = index.orders.isFinal === true && rules.version >= 3;
  console.log(`RIGHT: the line of ${index.saleId} (${rules.mode}) was made as the protocol says.

  ${log.length} lines of the log, each with the hash of the one before
  ${entries} entries in ${lists.length} lists, and the roots that they make
  ${keys} rounds of ${rules.chain.isRehearsal ? "a REHEARSAL's beacon, whose key somebody may know" : "drand's quicknet"}, each with its signature
  ${ranked.length} lots, ${steps.length} steps, ${orders.length} orders${index.orders.isFinal ? "" : " so far"}, each in its turn
  ${bound.at(-1)?.count ?? 0} orders that the log binds, in ${bound.length} lines
  ${isSaid ? `${units.at(-1)?.count ?? 0} orders of which the log says what became of them, in ${units.length} lines` : "what became of the orders is not final yet, or the log does not say it"}

Not shown by this: that an entry is a person, that lanes are just, that no unit was sold elsewhere.`);
}

try {
  await verify();
} catch (error) {
  const isExpected = error instanceof Unreadable || error instanceof WrongUse;
  const prefix = error instanceof Unreadable ? "UNREADABLE: " : "";
  console.error(isExpected ? prefix + error.message : error);
  process.exitCode = error instanceof WrongUse ? 2 : 1;
}
