import type { Operations } from "./operation.ts";

/** A call under way: by its name, "store.operation". */
export type Call = { readonly does: string; readonly args: unknown };

/** Work that makes calls and goes on with their replies. It may know nothing but its arguments and the replies. */
export type Work<Result> = Generator<Call, Result, unknown>;

/** What somebody outside is told, about an order or to a buyer. */
export type Statement = { readonly about: string; readonly word: string };

/** How a process ends: what it tells, and the role in which it goes on, if it does. */
export type Ending = { readonly statements?: readonly Statement[]; readonly goesOn?: RoleOf } | void;
export type RoleOf = { readonly role: string; readonly args: unknown };

// oxlint-disable-next-line typescript/no-explicit-any -- each role has arguments of its own
export type Role = (args: any) => Work<Ending>;
export type Roles = Readonly<Record<string, Role>>;

/** Thrown into a process whose call was not answered. */
export class Unanswered extends Error {}

type CallsOf<Ops extends Operations> = {
  readonly [Name in keyof Ops]: Ops[Name] extends {
    readonly run: (args: infer Args, ...stores: never[]) => readonly { readonly reply: infer Reply }[];
  }
    ? (args: Args) => Work<Reply>
    : never;
};

/** The calls of a store as a process makes them: `yield* gate.reserve({ … })` is the reply. */
export const callsOf = <Ops extends Operations>(store: string): CallsOf<Ops> =>
  new Proxy({} as CallsOf<Ops>, {
    get: (_, name: string) =>
      function* call(args: unknown): Work<unknown> {
        return yield { does: `${store}.${name}`, args };
      },
  });

/** Goes on as another role, and forgets all but these arguments. */
export const goOnAs = (role: string, args: unknown): Ending => ({ goesOn: { role, args } });

/** Ends, and somebody is told. */
export const tell = (about: string, word: string): Ending => ({ statements: [{ about, word }] });
