import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** The version of SST's bootstrap that this CLI wants to find. */
const BOOTSTRAP = JSON.stringify({
  version: 7,
  asset: "sst-asset-mock",
  state: "sst-state-mock",
  assetEcrRegistryId: "1",
  assetEcrUrl: "mock",
});

export type FakeAws = { readonly url: string; stop(): Promise<void> };

/** The little of SSM and S3 that the CLI itself uses: its bootstrap, and its state with its lock. Nothing outlives it. */
export async function startFakeAws(): Promise<FakeAws> {
  const parameters = new Map([["/sst/bootstrap", BOOTSTRAP]]);
  const objects = new Map<string, Buffer>();

  function parameterStore(target: string, body: Buffer): { status: number; answer: unknown } {
    const { Name, Value } = JSON.parse(body.toString()) as { Name: string; Value?: string };
    if (target.endsWith("PutParameter")) parameters.set(Name, Value ?? "");
    const parameter = parameters.get(Name);
    if (target.endsWith("GetParameter") && parameter === undefined)
      return { status: 400, answer: { __type: "ParameterNotFound", message: Name } };
    return {
      status: 200,
      answer: { Parameter: { Name, Value: parameter, Type: "String", Version: 1 }, Version: 1 },
    };
  }

  function objectStore(request: IncomingMessage, body: Buffer): { status: number; answer: Buffer | string } {
    const [key = "", query = ""] = (request.url ?? "").split("?");
    if (request.method === "PUT") objects.set(key, body);
    if (request.method === "PUT") return { status: 200, answer: "" };
    if (request.method === "DELETE") return { status: 204, answer: "" };
    const object = objects.get(key);
    if (object) return { status: 200, answer: object };
    if (query.includes("list-type"))
      return { status: 200, answer: "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>" };
    return { status: 404, answer: "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>" };
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const target = String(request.headers["x-amz-target"] ?? "");
      if (target.startsWith("AmazonSSM.")) {
        const { status, answer } = parameterStore(target, body);
        response
          .writeHead(status, { "content-type": "application/x-amz-json-1.1" })
          .end(JSON.stringify(answer));
      } else {
        const { status, answer } = objectStore(request, body);
        response.writeHead(status, { "content-type": "application/xml", etag: '"mock"' }).end(answer);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
