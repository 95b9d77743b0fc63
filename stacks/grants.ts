type Input<T> = $util.Input<T>;

type Permission = {
  actions: string[];
  resources: Input<string>[];
  /** As IAM's, each of one test on one variable. */
  conditions?: { test: string; variable: string; values: string[] }[];
};

/** What a function must be given to use one store in one way, and nothing else. */
export type Grant = {
  readonly environment?: Readonly<Record<string, Input<string>>>;
  /** Secrets travel as links: SST encrypts them into the bundle, core/config.ts reads them. */
  readonly secrets?: readonly (sst.Linkable<{ value: Input<string> }> | sst.Secret)[];
  readonly permissions?: readonly Permission[];
  /** Present: the store is inside the network, and this group opens its door. */
  readonly securityGroup?: Input<string>;
};

export type GrantName =
  | "origin"
  | "evidence.secret"
  | "goAsks.tell"
  | "evidence.keys"
  | "evidence.publish"
  | "evidence.revoke"
  | "site"
  | "shop"
  | "sessions"
  | "staff"
  | "staff.put"
  | "staffRoll.read"
  | "gate"
  | "line.read"
  | "guests.read"
  | "guests.find"
  | "guests.bind"
  | "guests.change"
  | "line.put"
  | "line.files"
  | "line.leave"
  | "line.lanes"
  | "line.results"
  | "ledger.read"
  | "ledger.put"
  | "ledger.mark"
  | "ledger.lease"
  | "beacon.read"
  | "beacon.put"
  | "beacon.need"
  | "ledger.forget"
  | "ledger.purge"
  | "payments.close"
  | "payments.ask"
  | "provider"
  | "provider.key"
  | "identity"
  | "passkeys"
  | "openid"
  | "addresses.read"
  | "addresses.note"
  | "traces.read"
  | "traces.erase"
  | "revocations.read"
  | "revocations.end"
  | "pictures.read"
  | "pictures.put"
  | "orders"
  | "orders.owner"
  | "queue.send"
  | "queue.measure"
  | "deadLetters.measure"
  | "deadLetters.redrive"
  | "webhooks.send"
  | "webhooks.report"
  | "webhooks.open"
  | "webhooks.seal"
  | "rehearsals.ask"
  | "pushes"
  | "pushes.key"
  | "pushes.services"
  | "pushes.sign"
  | "pushes.send"
  | "pushes.mark"
  | "mails.send"
  | "mails.mark"
  | "mails.pace"
  | "mail";

export type Grants = Readonly<Record<GrantName, Grant>>;

/** A secret under the name of its variable in core/config.ts: SESSION_SECRET travels as SessionSecret. */
export function secret(variable: string, value: Input<string>) {
  const name = variable
    .toLowerCase()
    .replace(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  return new sst.Linkable(name, { properties: { value: $util.secret(value) } });
}

/** The sum of the named grants. */
export function sumOf(grants: Grants, names: readonly GrantName[]) {
  const chosen = names.map((name) => grants[name]);
  const once = <T>(values: readonly T[]) => [...new Set(values)];
  return {
    environment: Object.assign({}, ...chosen.map((grant) => grant.environment)) as Record<
      string,
      Input<string>
    >,
    secrets: once(chosen.flatMap((grant) => grant.secrets ?? [])),
    permissions: chosen.flatMap((grant) => grant.permissions ?? []),
    securityGroups: once(chosen.flatMap((grant) => (grant.securityGroup ? [grant.securityGroup] : []))),
  };
}
