#!/usr/bin/env node
/**
 * Checks a receipt of an order, or a report of a sale, as docs/evidence.md says. Plain Node (20 or newer), no package, and no
 * line of the platform's own code: it was written from that page, and so can you.
 *
 *   node verify-evidence.mjs <file.json> --keys https://shop.example.com/api/evidence/keys
 *   node verify-evidence.mjs <file.json> --keys <file>   with the same, as you kept it
 *
 *   --receipt FILE   with a report: the order of this receipt must be in it
 *
 * Exit code 0: everything fits, and what was signed is printed. 1: something does not, and each is named. 2: it was called wrong.
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

class Wrong extends Error {}
class Usage extends Error {}

/** All that is wrong, so that one fault does not hide another. */
const faults = [];
function must(isTrue, finding) {
  if (!isTrue) faults.push(finding);
  return isTrue;
}
/** What nothing else can be checked without. */
function insist(isTrue, finding) {
  if (!isTrue) throw new Wrong(finding);
}

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isInstant = (value) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value));
const isId = (prefix) => (value) => new RegExp(`^${prefix}_[0-7][0-9A-HJKMNP-TV-Z]{25}$`).test(value);
const isText = (value) => typeof value === "string";
const isHash = (value) => /^[0-9a-f]{64}$/.test(value);
const orNull = (is) => (value) => value === null || is(value);

function parseJson(text, what) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Wrong(`${what} is no JSON`);
  }
}

/** Base64url with one spelling for each content: another spelling is another text than was signed. */
function decode(text, what) {
  insist(isText(text) && /^[\w-]+$/.test(text), `${what} is no base64url`);
  const bytes = Buffer.from(text, "base64url");
  insist(bytes.toString("base64url") === text, `${what} is not spelled as base64url is`);
  return bytes;
}

function hasExactly(value, names, what) {
  insist(isObject(value), `${what} is no object`);
  const has = Object.keys(value).toSorted().join(" ");
  insist(has === names.toSorted().join(" "), `${what} must have ${names.join(", ")} and nothing else`);
}

// ---- Keys and signatures -----------------------------------------------------------------------------------------------

/** RFC 7638: a key's name is made from the key, so nobody can name another key so. */
const thumbprint = (x) =>
  createHash("sha256")
    .update(JSON.stringify({ crv: "Ed25519", kty: "OKP", x }))
    .digest("base64url");

async function readKeys(from) {
  const text = /^https?:/.test(from) ? await fetchText(from) : readFileSync(from, "utf8");
  const set = parseJson(text, "the list of keys");
  insist(isObject(set) && Array.isArray(set.keys), "the list of keys has no keys");
  return set.keys;
}

async function fetchText(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  insist(answer.ok, `${url} answers ${answer.status}`);
  return answer.text();
}

/** What was signed. Throws unless the signature is a published key's. */
function readSigned(signed, keys, what) {
  hasExactly(signed, ["protected", "payload", "signature"], what);
  const header = parseJson(decode(signed.protected, `${what}: protected`).toString(), `${what}: its header`);
  hasExactly(header, ["alg", "kid"], `${what}: its header`);
  insist(header.alg === "EdDSA", `${what}: it is signed by ${header.alg}, which is not EdDSA`);
  const key = keys.find(({ kid }) => kid === header.kid);
  insist(key, `${what}: its key ${header.kid} was never published`);
  insist(key.kty === "OKP" && key.crv === "Ed25519" && isText(key.x), `${what}: its key is no Ed25519 key`);
  insist(thumbprint(key.x) === key.kid, `${what}: the published key ${key.kid} bears another key's name`);
  insist(
    key.revokedAt === null,
    `${what}: its key was revoked at ${key.revokedAt}: nothing that it signs proves anything`,
  );
  const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key.x }, format: "jwk" });
  const text = Buffer.from(`${signed.protected}.${signed.payload}`);
  const isSigned = verify(null, text, publicKey, decode(signed.signature, `${what}: signature`));
  insist(isSigned, `${what}: the signature does not fit: what it says was changed, or is not the shop's`);
  const said = parseJson(decode(signed.payload, `${what}: payload`).toString(), `${what}: what was signed`);
  must(isInstant(said.issuedAt), `${what}: issuedAt is no time`);
  must(
    !isInstant(key.firstUsedAt) || said.issuedAt >= key.firstUsedAt,
    `${what}: it is dated ${said.issuedAt}, before its key was first used (${key.firstUsedAt})`,
  );
  return said;
}

function checkFields(said, fields, what) {
  hasExactly(said, Object.keys(fields), what);
  for (const [name, is] of Object.entries(fields))
    must(is(said[name]), `${what}: ${name} is no such thing: ${JSON.stringify(said[name])}`);
}

// ---- A receipt ---------------------------------------------------------------------------------------------------------

const STATES = [
  "accepted",
  "held",
  "authorised",
  "confirmed",
  "rejected",
  "returned",
  "failed",
  "expired",
  "cancelled",
  "refunded",
];
const RECEIPT = "flash-sale/receipt/1";

function checkReceipt(said, what) {
  checkFields(
    said,
    {
      statement: (value) => value === RECEIPT,
      issuer: isText,
      shop: isText,
      issuedAt: isInstant,
      saleId: isId("sale"),
      sale: isText,
      orderId: isId("ord"),
      buyerId: isId("byr"),
      quantity: isCount,
      unitsLeft: isCount,
      state: (value) => STATES.includes(value),
      place: isCount,
      reservedAt: isInstant,
      priceMinor: isCount,
      currency: (value) => /^[A-Z]{3}$/.test(value),
      leaf: orNull(isHash),
    },
    what,
  );
  must(said.unitsLeft <= said.quantity, `${what}: more units are left than it was for`);
  must(said.reservedAt <= said.issuedAt, `${what}: it is older than its order`);
  // An order's id bears the sale's last eight characters, as docs/evidence.md says.
  must(
    isText(said.orderId) && isText(said.saleId) && said.orderId.slice(14, 22) === said.saleId.slice(-8),
    `${what}: the order is of another sale`,
  );
}

// ---- A report ----------------------------------------------------------------------------------------------------------

const REPORT = "flash-sale/report/1";
const ROW_STATES = [
  "placed",
  "confirmed",
  "rejected",
  "returned",
  "refunded",
  "failed",
  "expired",
  "cancelled",
];
/** An order has a row before a receipt says one of these. */
const STATES_OF_ROWS = ["confirmed", "returned", "refunded"];
/** By so much the clocks of those who sign may differ. */
const CLOCKS_MS = 10 * 60 * 1000;
const SOLD_STATES = ["placed", "confirmed", "returned"];
const FIRST_PREV = "0".repeat(64);

const isIdentity = (identity) =>
  isObject(identity) &&
  isText(identity.name) &&
  Number.isFinite(identity.left) &&
  Number.isFinite(identity.right) &&
  typeof identity.holds === "boolean";
const isRecovery = (recovery) =>
  isObject(recovery) &&
  isCount(recovery.epoch) &&
  isText(recovery.why) &&
  isInstant(recovery.startedAt) &&
  isInstant(recovery.finishedAt);

function checkReport(said) {
  const what = "the report";
  checkFields(
    said,
    {
      statement: (value) => value === REPORT,
      issuer: isText,
      shop: isText,
      issuedAt: isInstant,
      saleId: isId("sale"),
      sale: isText,
      mode: (value) => ["open", "waiting_room", "draw"].includes(value),
      startsAt: isInstant,
      endsAt: orNull(isInstant),
      closedAt: orNull(isInstant),
      priceMinor: isCount,
      currency: (value) => /^[A-Z]{3}$/.test(value),
      counts: isObject,
      identities: (value) => value === null || (Array.isArray(value) && value.every(isIdentity)),
      recoveries: (value) => Array.isArray(value) && value.every(isRecovery),
      orders: (value) => isObject(value) && isCount(value.lines) && isHash(value.sha256),
      log: (value) => value === null || (isObject(value) && isCount(value.lines) && isHash(value.hash)),
    },
    what,
  );
  insist(faults.length === 0, "nothing else can be checked");
  const { allocated, sold, withheld } = said.counts;
  must([allocated, sold, withheld].every(isCount), `${what}: its counts are no counts`);
  must(
    sold + withheld <= allocated,
    `${what}: ${sold} sold and ${withheld} withheld are more than ${allocated} allocated`,
  );
  must(
    (said.log === null) === (said.mode === "open"),
    `${what}: a sale has a log if it has a line, and only then`,
  );
  for (const { name, left, right, holds } of said.identities ?? []) {
    must(
      (left === right) === holds,
      `${what}: it says of "${name}" that it ${holds ? "holds" : "is broken"}: ${left} and ${right}`,
    );
    must(holds, `${what}: the stores disagreed: "${name}": ${left} and ${right}`);
  }
}

const LINE = /^(ord_[0-7][0-9A-HJKMNP-TV-Z]{25}) (\d+) (\d+) (\d+) (\d+) ([a-z]+) (\S+)$/;

function readOrders(text, said) {
  insist(isText(text), "the list of orders is missing");
  must(
    sha256(text) === said.orders.sha256,
    "the list of orders is not the one that was signed: a line was changed, added, left out or moved",
  );
  must(text === "" || text.endsWith("\n"), "the list of orders ends within a line");
  const orders = text === "" ? [] : text.replace(/\n$/, "").split("\n").map(readOrder);
  must(
    orders.length === said.orders.lines,
    `there are ${orders.length} orders, and ${said.orders.lines} were signed`,
  );
  const counted = {
    allocated: said.counts.allocated,
    sold: 0,
    withheld: 0,
    orders: orders.length,
    byState: {},
  };
  let before = "";
  for (const { orderId, quantity, unitsLeft, unitsWithheld, state } of orders) {
    must(orderId > before, `${orderId} is listed twice, or out of order`);
    before = orderId;
    must(orderId.slice(14, 22) === said.saleId.slice(-8), `${orderId} is of another sale`);
    must(unitsLeft + unitsWithheld <= quantity, `${orderId} has more units than it was for`);
    if (SOLD_STATES.includes(state)) counted.sold += unitsLeft;
    counted.withheld += unitsWithheld;
    counted.byState[state] = (counted.byState[state] ?? 0) + 1;
  }
  for (const name of ["sold", "withheld", "orders"])
    must(
      counted[name] === said.counts[name],
      `the orders make ${counted[name]} ${name}, and the report says ${said.counts[name]}`,
    );
  for (const state of ROW_STATES)
    must(
      (counted.byState[state] ?? 0) === (said.counts.byState[state] ?? 0),
      `the orders make ${counted.byState[state] ?? 0} ${state}, and the report says ${said.counts.byState[state] ?? 0}`,
    );
  return orders;
}

function readOrder(line) {
  const [, orderId, place, quantity, unitsLeft, unitsWithheld, state, reservedAt] = LINE.exec(line) ?? [];
  insist(
    orderId !== undefined && ROW_STATES.includes(state) && isInstant(reservedAt),
    `this is no line of an order: ${line.slice(0, 100)}`,
  );
  return {
    orderId,
    place: Number(place),
    quantity: Number(quantity),
    unitsLeft: Number(unitsLeft),
    unitsWithheld: Number(unitsWithheld),
    state,
    reservedAt,
  };
}

/** Each line of the log bears the hash of the one before it; the report bears the last one's. */
function checkLog(text, said) {
  if (said.log === null) {
    must(text === null, "there is a log of a sale without a line");
    return;
  }
  insist(isText(text), "the log of the line is missing");
  const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  must(
    lines.length === said.log.lines,
    `the log has ${lines.length} lines, and ${said.log.lines} were signed`,
  );
  let prev = FIRST_PREV;
  lines.forEach((line, n) => {
    const read = parseJson(line, `line ${n} of the log`);
    must(read.n === n && read.prev === prev, `line ${n} of the log does not follow the one before it`);
    prev = sha256(line);
  });
  must(prev === said.log.hash, "the log is not the one that was signed");
}

function checkAgainst(receipt, said, orders) {
  must(receipt.saleId === said.saleId, "the receipt is of another sale");
  const order = orders.find(({ orderId }) => orderId === receipt.orderId);
  if (!order) {
    const isLater = Date.parse(said.issuedAt) - Date.parse(receipt.issuedAt) >= CLOCKS_MS;
    // Of a closed sale every order that ever took a unit is listed; before, those that are decided.
    if (said.closedAt !== null || (isLater && STATES_OF_ROWS.includes(receipt.state)))
      must(false, `the order of the receipt, ${receipt.orderId}, is not in the report`);
    else
      console.log(
        `NOTE: the order of the receipt, ${receipt.orderId}, is not in the report of ${said.issuedAt}, and need not be yet: it was ${receipt.state} at ${receipt.issuedAt}. A report of the closed sale must have it.`,
      );
    return;
  }
  for (const name of ["place", "quantity", "reservedAt"])
    must(
      order[name] === receipt[name],
      `the receipt says ${name} ${receipt[name]}, and the report ${order[name]}`,
    );
  if (order.unitsLeft !== receipt.unitsLeft)
    console.log(
      `NOTE: the receipt of ${receipt.issuedAt} says ${receipt.unitsLeft} units, the report of ${said.issuedAt} ${order.unitsLeft}: something became of the order in between`,
    );
}

// ---- The command -------------------------------------------------------------------------------------------------------

function readWords(words) {
  const options = {};
  for (const name of ["--keys", "--receipt"]) {
    const at = words.indexOf(name);
    if (at >= 0) options[name] = words.splice(at, 2)[1];
  }
  const [file, ...rest] = words;
  if (!file || rest.length > 0 || !options["--keys"])
    throw new Usage("node verify-evidence.mjs <file.json> --keys <address or file> [--receipt <file>]");
  return { file, keysFrom: options["--keys"], receiptFile: options["--receipt"] };
}

const read = (path) => parseJson(readFileSync(path, "utf8"), path);

async function main() {
  const { file, keysFrom, receiptFile } = readWords(process.argv.slice(2));
  const keys = await readKeys(keysFrom);
  const given = read(file);
  const isBundle = isObject(given) && "report" in given;
  if (!isBundle) {
    const said = readSigned(given, keys, "the receipt");
    insist(said.statement !== REPORT, "this is a report without its list of orders: download it whole");
    checkReceipt(said, "the receipt");
    return said;
  }
  hasExactly(given, ["report", "orders", "log"], "the file");
  const said = readSigned(given.report, keys, "the report");
  checkReport(said);
  const orders = readOrders(given.orders, said);
  checkLog(given.log, said);
  if (receiptFile) {
    const receipt = readSigned(read(receiptFile), keys, "the receipt");
    checkReceipt(receipt, "the receipt");
    checkAgainst(receipt, said, orders);
  }
  return said;
}

try {
  const said = await main();
  if (faults.length > 0) throw new Wrong("it does not fit");
  console.log(JSON.stringify(said, null, 2));
  console.log(`\nRIGHT: signed by ${said.issuer} at ${said.issuedAt}, and everything fits.`);
} catch (error) {
  for (const fault of faults) console.error(`WRONG: ${fault}`);
  if (error instanceof Usage) console.error(error.message);
  else if (error instanceof Wrong) console.error(`WRONG: ${error.message}`);
  else console.error(`UNREADABLE: ${error.message}`);
  process.exitCode = error instanceof Usage ? 2 : 1;
}
