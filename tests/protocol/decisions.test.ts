import { testWorlds } from "./test-worlds.ts";

testWorlds([
  "adopting",
  "refusing",
  "cancelling",
  "returning",
  "guarding",
  "delayed-change",
  "closing",
  "archiving",
  "returning-late",
]);
