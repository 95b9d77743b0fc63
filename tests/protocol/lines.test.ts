import { testWorlds } from "./test-worlds.ts";

testWorlds(["joining", "letting-in", "lapsing", "lost-in-turn", "passing-on", "adopting-late"]);
