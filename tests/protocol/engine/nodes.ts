import { type Call, type Ending, type RoleOf, type Roles, type Statement, Unanswered } from "./process.ts";
import { Interner } from "./value.ts";

/** In the place of a reply that never came. */
export const UNANSWERED = "(unanswered)";

type Ended = Exclude<Ending, void>;

export type Node = {
  readonly role: string;
  readonly args: unknown;
  readonly replies: readonly unknown[];
  /** What it waits for; null: it has ended. */
  readonly call: Call | null;
};

/** Where a process stands after a reply, and what was told on the way. */
export type Advance = { readonly node: number; readonly statements: readonly Statement[] };

/**
 * Where processes stand. A process is a generator, which cannot be copied; so a standing is its role, its arguments and
 * the replies that it has had, and is worked out once by running it so far.
 */
export class Nodes {
  readonly #standings = new Interner();
  readonly #nodes: (Node | undefined)[] = [];
  readonly #advances = new Map<string, Advance>();
  readonly #roles: Roles;
  readonly ended: number;

  constructor(roles: Roles) {
    this.#roles = roles;
    this.ended = this.#standings.id("ended");
    this.#nodes[this.ended] = { role: "ended", args: null, replies: [], call: null };
  }

  get(id: number): Node {
    return this.#nodes[id]!;
  }

  /** A process at its beginning. */
  begin({ role, args }: RoleOf): number {
    return this.#stand(role, args, [], this.ended).node;
  }

  /** @param onThrow where a process stands that does not catch the missing answer. */
  advance(id: number, reply: unknown, replyId: number, onThrow: number): Advance {
    const key = `${id}/${replyId}/${onThrow}`;
    const known = this.#advances.get(key);
    if (known) return known;
    const { role, args, replies } = this.get(id);
    const advance = this.#stand(role, args, [...replies, reply], onThrow);
    this.#advances.set(key, advance);
    return advance;
  }

  /** The same standing under other names. */
  translate(id: number, rename: (value: unknown) => unknown): number {
    const { role, args, replies, call } = this.get(id);
    if (call === null) return id;
    return this.#stand(role, rename(args), rename(replies) as unknown[], this.ended).node;
  }

  #stand(role: string, args: unknown, replies: readonly unknown[], onThrow: number): Advance {
    const id = this.#standings.id([role, args, replies]);
    if (this.#nodes[id]) return { node: id, statements: [] };
    const ran = this.#run(role, args, replies);
    if (ran === "threw") return { node: onThrow, statements: [] };
    if ("does" in ran) {
      this.#nodes[id] = { role, args, replies, call: ran };
      return { node: id, statements: [] };
    }
    const { statements = [], goesOn } = ran;
    if (!goesOn) return { node: this.ended, statements };
    const next = this.#stand(goesOn.role, goesOn.args, [], onThrow);
    return { node: next.node, statements: [...statements, ...next.statements] };
  }

  #run(role: string, args: unknown, replies: readonly unknown[]): Call | Ended | "threw" {
    const make = this.#roles[role];
    if (!make) throw new Error(`there is no role ${role}`);
    const work = make(args);
    try {
      let next = work.next();
      for (const reply of replies)
        next = reply === UNANSWERED ? work.throw(new Unanswered()) : work.next(reply);
      return next.done ? (next.value ?? {}) : next.value;
    } catch (error) {
      if (error instanceof Unanswered) return "threw";
      throw error;
    }
  }
}
