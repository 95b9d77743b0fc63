import { edit, isKind, type TamperedWorld, withOrder } from "./tamper.ts";
import { room } from "./worlds.ts";

const [first] = room.orders;

/** Orders that their entries, their turns or the allocation do not allow. */
export const tamperedOrders: readonly TamperedWorld[] = [
  ["its leaf is in no list", withOrder(room, 0, { leaf: "ab".repeat(32) }), "its leaf is in no list"],
  ["its step is not in the log", withOrder(room, 0, { step: 9 }), "step 9 is not in the log"],
  ["it is outside of its turn", withOrder(room, 0, { step: 2 }), "had no turn in step 2"],
  [
    "it is too early",
    withOrder(room, 0, { reservedAtMs: first!.reservedAtMs - 1_000 }),
    "before step 1 held",
  ],
  [
    "it is too late",
    withOrder(room, 0, { reservedAtMs: first!.reservedAtMs + 190_000 }),
    "after step 1 had lapsed",
  ],
  ["it is of more units than its entry", withOrder(room, 0, { quantity: 9 }), "it is of 9 units"],
  ["it has more units left than were ordered", withOrder(room, 0, { unitsLeft: 2 }), "more units left"],
  ["places fall", withOrder(room, 2, { place: 1 }), "places fall"],
  ["it is there twice", withOrder(room, 1, { orderId: first!.orderId }), "it is there twice"],
  [
    "a leaf bought more than its quantity",
    {
      ...room,
      orders: [...room.orders, ...[8, 9].map((place) => ({ ...first!, orderId: `ord_${place}`, place }))],
    },
    "units, and may have",
  ],
  [
    "more units are left than are allocated",
    edit(room, isKind("allocation"), { allocated: 4 }),
    "5 units are sold, and 4 are allocated",
  ],
];
