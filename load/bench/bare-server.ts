// The process of the bare server that the API is measured against: node:http, answering a constant.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const body = JSON.stringify({ type: "urn:flash-sale:problem:sold_out", kind: "sold_out", status: 409 });
const headers = { "content-type": "application/problem+json", "content-length": Buffer.byteLength(body) };

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(409, headers).end(body);
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
