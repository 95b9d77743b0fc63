import { part, setShown } from "../page/dom.ts";
import { wireActs } from "./acts-view.ts";
import { wireBuyerData } from "./buyer-data.ts";
import { wirePeople } from "./people-view.ts";
import { openToStaff } from "./staff-gate.ts";
import { wireStuck } from "./stuck-view.ts";

openToStaff(({ buyerId, isAdmin, mayChange }) => {
  setShown(part(document, "not-admin"), !isAdmin);
  for (const name of ["people", "buyer-data", "acts"]) setShown(part(document, name), isAdmin);
  setShown(part(document, "stuck"), mayChange);
  const acts = wireActs(buyerId);
  if (mayChange) wireStuck(() => isAdmin && acts.show());
  if (!isAdmin) return;
  acts.show();
  wirePeople(acts.show);
  wireBuyerData(acts.show);
});
