import { type Found, type Json, operations, requestOf } from "./operations.ts";
import { type Step, stories, type Story } from "./stories.ts";

const folders: readonly (readonly [string, RegExp])[] = [
  ["Administration", /^\/api\/admin\//],
  ["Identity", /^\/api\/identity\//],
  ["Service", /^\/api\/(health|openapi)/],
  ["Shopping", /^/],
];
const folderOf = ({ path }: Found) => folders.find(([, pattern]) => pattern.test(path))?.[0] ?? "";
const mailbox: Json = {
  method: "GET",
  description: "The local cloud's mailbox; elsewhere, read the mail and set the variable `code` by hand",
  auth: { type: "noauth" },
  header: [],
  url: {
    raw: "{{mailboxUrl}}/api?to={{email}}",
    host: ["{{mailboxUrl}}"],
    path: ["api"],
    query: [{ key: "to", value: "{{email}}" }],
  },
};

const event = (listen: "prerequest" | "test", exec: readonly string[] | undefined) =>
  exec ? [{ listen, script: { type: "text/javascript", exec } }] : [];

function stepItem(step: Step, name: string, all: readonly Found[]): Json {
  const operation = all.find(({ operationId }) => operationId === step.request);
  return {
    name,
    event: [...event("prerequest", step.before), ...event("test", step.after)],
    request: operation ? requestOf(operation, step.token) : mailbox,
  };
}

const storyFolder = ({ name, about, steps }: Story, all: readonly Found[]): Json => ({
  name,
  description: about,
  // Numbered: a step that repeats itself is found by its name.
  item: steps.map((step, index) => stepItem(step, `${name.split(",")[0]} ${index + 1}: ${step.name}`, all)),
});

const routeFolders = (all: readonly Found[]): Json[] =>
  folders.map(([folder]) => ({
    name: folder,
    item: all
      .filter((operation) => folderOf(operation) === folder)
      .map((operation) => ({ name: operation.operationId, request: requestOf(operation) })),
  }));

const variables: Readonly<Record<string, string>> = {
  baseUrl: "http://127.0.0.1:4000",
  mailboxUrl: "http://127.0.0.1:3000/mailbox",
  operatorEmail: "operator@example.com",
  email: "ada@example.com",
  challenge: "",
  code: "",
  token: "",
  operatorToken: "",
  saleId: "",
  orderId: "",
  pictureId: "",
  endpointId: "",
  keyId: "",
  rehearsalId: "",
  previewToken: "",
  rendition: "1200.jpg",
  before: "newest",
  round: "1000",
  list: "0",
  page: "0",
  passkeyId: "a-passkey-that-a-browser-made",
  pushId: "an-id-of-a-browser-that-is-told-",
  signature:
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
  startsAt: "2026-11-27T09:00:00.000Z",
  idempotencyKey: "",
};

/** The Postman collection (v2.1): each operation of the OpenAPI document, and stories whose requests run in order. */
export function collection(): Json {
  const all = operations();
  return {
    info: {
      name: "Flash sale",
      description:
        "Made from the API's OpenAPI document by `npm run postman`; its variables fit `npm start`. Run a story as a whole, or sign in first and then send any request.",
      schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
    },
    item: [...stories.map((story) => storyFolder(story, all)), ...routeFolders(all)],
    variable: Object.entries(variables).map(([key, value]) => ({ key, value })),
  };
}
