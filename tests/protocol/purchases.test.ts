import { testWorlds } from "./test-worlds.ts";

testWorlds(["asking-again", "numbers", "freezing", "relaying", "change-in-rebuild"]);
