import { type ListenOptions, Server } from "node:net";
import { DatabaseSync } from "node:sqlite";

type Listen = (this: Server, options: ListenOptions, done?: () => void) => Server;

/** Sets what fauxqs has no options for; call it before fauxqs starts, in a process that runs nothing else. */
export function setFauxqs(): void {
  // It listens on every address; a queue without passwords belongs on loopback only.
  const { listen } = Server.prototype as { listen: Listen };
  Server.prototype.listen = function onLoopback(this: Server, options: ListenOptions, done?: () => void) {
    return listen.call(this, { ...options, host: "127.0.0.1" }, done);
  } as typeof Server.prototype.listen;

  // It syncs the disk for each message; NORMAL still outlives a killed process, and is five times as quick.
  const { exec } = DatabaseSync.prototype as { exec: (this: DatabaseSync, sql: string) => void };
  DatabaseSync.prototype.exec = function withNormalSync(this: DatabaseSync, sql: string) {
    exec.call(this, sql);
    if (sql.includes("journal_mode")) exec.call(this, "PRAGMA synchronous = NORMAL");
  };
}
