// A receiver of webhooks: verifies each by the public library, takes each event once, and the events of an order in order.
// It needs nothing of this repository but itself. README.md beside it says how to run it.
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

const BODY_LIMIT_BYTES = 256 * 1024;

const {
  PORT = "9000",
  /** One, or while it is changed both, separated by a space. */
  WEBHOOK_SECRETS = "",
  /** What was taken, one JSON line each: in a shop this is a table with a unique index on `id`. */
  EVENTS_FILE = "events.jsonl",
  /** To practise: so large a share of the calls fails, half of them before anything was stored, half of them after. */
  FAIL_SHARE = "0",
} = process.env;

const webhooks = WEBHOOK_SECRETS.split(/\s+/)
  .filter(Boolean)
  .map((secret) => new Webhook(secret));
if (webhooks.length === 0)
  throw new Error("WEBHOOK_SECRETS is missing: the secret that was shown when the endpoint was added");

/** Events that were taken, by id. */
const taken = new Set();
/** The last step of each order or sale that was taken. */
const lastStep = new Map();
const counts = { calls: 0, taken: 0, again: 0, late: 0, forged: 0, failedBefore: 0, failedAfter: 0 };

/** An event is about an order, or else about a sale. */
const subjectOf = ({ data }) => data.orderId ?? data.saleId ?? data.endpointId;

function remember({ id, event }) {
  taken.add(id);
  const subject = subjectOf(event);
  const step = event.data.number ?? 0;
  // Only after days of failed calls can an earlier step come behind a later one: somebody has had it sent again.
  const isLate = step < (lastStep.get(subject) ?? -1);
  if (!isLate) lastStep.set(subject, step);
  return isLate;
}

if (existsSync(EVENTS_FILE))
  for (const line of readFileSync(EVENTS_FILE, "utf8").split("\n").filter(Boolean))
    remember(JSON.parse(line));

/** The event, if the signature is that of one of our secrets, over exactly these bytes, and not older than five minutes. */
function verify(body, headers) {
  for (const webhook of webhooks)
    try {
      return webhook.verify(body, headers);
    } catch {
      // Perhaps by the other secret.
    }
  return null;
}

/** Takes one call; answers the status. */
function receive(body, headers) {
  counts.calls++;
  const fate = Math.random() < Number(FAIL_SHARE) ? (Math.random() < 0.5 ? "before" : "after") : "works";
  const event = verify(body, headers);
  if (event === null) {
    counts.forged++;
    return 401;
  }
  if (fate === "before") {
    counts.failedBefore++;
    return 500;
  }
  const id = headers["webhook-id"];
  if (taken.has(id)) {
    // At least once: this one was taken before, and its answer was lost.
    counts.again++;
  } else {
    // First what lasts, then the answer: whoever is killed in between is called again.
    appendFileSync(EVENTS_FILE, `${JSON.stringify({ id, event })}\n`);
    counts.taken++;
    if (remember({ id, event })) counts.late++;
    // Here a shop does its own work, in the transaction that stores the id.
  }
  if (fate === "after") {
    counts.failedAfter++;
    return 500;
  }
  return 204;
}

const server = createServer((request, response) => {
  const chunks = [];
  let bytes = 0;
  request.on("data", (chunk) => {
    bytes += chunk.length;
    if (bytes > BODY_LIMIT_BYTES) request.destroy();
    else chunks.push(chunk);
  });
  request.on("end", () => {
    const isPost = request.method === "POST";
    const status = isPost ? receive(Buffer.concat(chunks).toString("utf8"), request.headers) : 405;
    response.writeHead(status).end();
  });
});
server.listen(Number(PORT), "127.0.0.1", () =>
  console.log(`Waiting for webhooks at http://127.0.0.1:${PORT}/`),
);

for (const signal of ["SIGTERM", "SIGINT"])
  process.once(signal, () => {
    console.log(JSON.stringify(counts));
    process.exit(0);
  });
