/** One running store of the local cloud, embedded or external. */
export type Store = {
  readonly name: string;
  readonly url: string;
  /** What whoever starts it should know. */
  readonly remark?: string | undefined;
  /** The process to kill or freeze in a fault test; absent for an external store. */
  readonly pid?: number;
  /** Resolves if the store dies without having been stopped; never otherwise. */
  readonly crashed: Promise<Error>;
  stop(): Promise<void>;
};
