import { setTimeout as sleep } from "node:timers/promises";
import { unwrap } from "./unwrap.ts";

export type Resource = {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly isCustom: boolean;
  readonly inputs: Record<string, unknown>;
  readonly parent: string;
  readonly isProtected: boolean;
  readonly isRetained: boolean;
  /** Urns of what must exist before it. */
  readonly dependencies: readonly string[];
};

/** The parts of Pulumi's protocol objects that are read here. */
type Answer = { getUrn(): string; getId(): string } | undefined;
type Callback = (error: unknown, answer: Answer) => void;
type Request = {
  getUrn(): string;
  getType(): string;
  getName(): string;
  getCustom(): boolean;
  getObject(): unknown;
  getOutputs(): unknown;
  getParent(): string;
  getProtect(): boolean | undefined;
  getRetainondelete(): boolean | undefined;
  getDependenciesList(): string[];
};

type Recorded = { resource: Resource; id: string; outputs: Record<string, unknown> };

const LIMIT_MS = 240_000;
const TICK_MS = 50;
/** Listens to Pulumi's mock engine: mocks alone don't tell parents, dependencies and protection. */
export function recordResources(require: NodeJS.Require) {
  const { MockMonitor } = require("@pulumi/pulumi/runtime/mocks");
  const { deserializeProperties } = require("@pulumi/pulumi/runtime/rpc");
  const { getStore } = require("@pulumi/pulumi/runtime/state") as {
    getStore: () => { readonly leakCandidates: ReadonlySet<unknown> };
  };
  const recorded = new Map<string, Recorded>();
  const { registerResource, registerResourceOutputs } = MockMonitor.prototype;

  MockMonitor.prototype.registerResource = function (request: Request, callback: Callback) {
    return registerResource.call(this, request, (error: unknown, answer: Answer) => {
      if (answer) {
        const urn = answer.getUrn();
        const resource = {
          urn,
          type: request.getType(),
          name: request.getName(),
          isCustom: request.getCustom(),
          inputs: unwrap(deserializeProperties(request.getObject())) as Resource["inputs"],
          parent: request.getParent(),
          isProtected: request.getProtect() ?? false,
          isRetained: request.getRetainondelete?.() ?? false,
          dependencies: request.getDependenciesList(),
        };
        recorded.set(urn, { resource, id: answer.getId(), outputs: {} });
      }
      callback(error, answer);
    });
  };
  MockMonitor.prototype.registerResourceOutputs = function (request: Request, callback: Callback) {
    const known = recorded.get(request.getUrn());
    if (known) known.outputs = unwrap(deserializeProperties(request.getOutputs())) as Recorded["outputs"];
    return registerResourceOutputs.call(this, request, callback);
  };

  /** Components go on making resources after the program has answered: waits for every promise of Pulumi's runtime. */
  async function untilDone(): Promise<void> {
    const endsAtMs = performance.now() + LIMIT_MS;
    while (getStore().leakCandidates.size > 0) {
      if (performance.now() > endsAtMs) throw new Error("The program does not come to an end.");
      await sleep(TICK_MS);
    }
  }

  return {
    untilDone,
    resources: () => [...recorded.values()].map(({ resource }) => resource),
    state: () =>
      [...recorded.values()].map(({ resource: { urn, type, isCustom }, id, outputs }) => ({
        urn,
        type,
        custom: isCustom,
        ...(isCustom && { id }),
        inputs: {},
        outputs,
      })),
  };
}
