import type { Grant } from "./grants.ts";
import { stage } from "./stage.ts";
import { partitionPermission, tablePermission } from "./table-permission.ts";

const ADDRESSES = "address#*";
const BUYERS = "buyer#*";
const MAILBOXES = "mailbox#*";
const MAILS = "mail#*";
const PASSKEYS = ["passkey#*", "passkeys#*"];
const PUSHES = ["push#*", "pushes#*"];

/** What may be done with the table of buyers and sign-in codes: few need all of it, the others have their partitions. */
export function identityGrants(identity: sst.aws.Dynamo) {
  const environment = { IDENTITY_TABLE: identity.name };
  /** Aliases of one mailbox are one buyer. */
  const comparing = { ...environment, MAILBOX_PROVIDERS: stage.mailboxProviders };
  const within = (actions: readonly string[], ...partitions: string[]) =>
    partitionPermission(identity, actions, partitions);
  const staff = (action: string) => within([action], "staff");
  /** The lists of ended sessions lie beside the buyers. */
  const revocations = (action: string): Grant => ({
    environment,
    permissions: [within([action], "revoked#shopper", "revoked#staff")],
  });
  const traces = [ADDRESSES, BUYERS, MAILBOXES];
  return {
    "revocations.read": revocations("GetItem"),
    "revocations.end": revocations("UpdateItem"),
    /** Who works here: what STAFF says, and the one record beside the buyers. */
    staff: { environment: { STAFF: stage.staff, ...environment }, permissions: [staff("GetItem")] },
    "staffRoll.read": { environment, permissions: [staff("GetItem")] },
    "staff.put": { environment, permissions: [staff("PutItem")] },
    "addresses.read": {
      environment,
      permissions: [within(["GetItem", "BatchGetItem"], ADDRESSES, BUYERS)],
    },
    /** That a session begins, with the buyer whose it is. */
    "addresses.note": { permissions: [within(["UpdateItem"], ADDRESSES)] },
    /** What signing in keeps of a buyer under their addresses, and which mails they got. */
    "traces.read": {
      environment: comparing,
      permissions: [within(["GetItem"], ...traces, MAILS, ...PASSKEYS, ...PUSHES)],
    },
    "traces.erase": {
      environment: comparing,
      permissions: [within(["GetItem", "UpdateItem", "DeleteItem"], ...traces, ...PASSKEYS, ...PUSHES)],
    },
    /** Which mails about orders were sent lies beside the addresses that they go to. */
    "mails.mark": {
      environment,
      permissions: [within(["BatchGetItem"], ADDRESSES), within(["GetItem", "UpdateItem"], MAILS)],
    },
    /** So do the browsers that are told by push, and what each of them was told. */
    pushes: {
      environment,
      permissions: [within(["GetItem", "PutItem", "UpdateItem", "DeleteItem"], ...PUSHES)],
    },
    "pushes.mark": { environment, permissions: [within(["GetItem", "UpdateItem"], "push-sent#*")] },
    /** Passkeys lie beside the buyers whose they are. */
    passkeys: {
      environment,
      permissions: [
        within(["GetItem", "PutItem", "UpdateItem", "DeleteItem"], ...PASSKEYS, "passkey-challenge#*"),
      ],
    },
    identity: {
      environment: comparing,
      permissions: [tablePermission(identity, ["GetItem", "PutItem", "UpdateItem", "DeleteItem"])],
    },
  } satisfies Record<string, Grant>;
}
