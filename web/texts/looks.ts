import type { FaceKind } from "../src/features/sale/face-kind.ts";

/** How a face looks: the chip's icon and its tone. The words carry the meaning, the colour only repeats it. */
type Tone = "quiet" | "live" | "wait" | "good" | "bad";
export type Look = { icon: string; tone: Tone };
export type FaceWords = { chip: string; heading: string; body: string };
export type FaceText = FaceWords & Look;

export const look = (icon: string, tone: Tone): Look => ({ icon, tone });

/** Of every language the same. */
export const faceLooks: Record<FaceKind, Look> = {
  loading: look("dots", "quiet"),
  unreachable: look("offline", "wait"),
  not_found: look("question", "quiet"),
  scheduled: look("clock", "quiet"),
  opening: look("clock", "live"),
  open: look("bolt", "live"),
  sold_out: look("box", "quiet"),
  paused: look("pause", "wait"),
  recovering: look("dots", "wait"),
  ended: look("flag", "quiet"),
  submitting: look("dots", "live"),
  checking: look("dots", "wait"),
  rate_limited: look("clock", "wait"),
  purchase_paused: look("pause", "wait"),
  offline: look("offline", "wait"),
  session_expired: look("key", "wait"),
  pending: look("dots", "wait"),
  accepted: look("check", "good"),
  confirmed: look("check", "good"),
  already_bought: look("check", "good"),
  rejected: look("cross", "bad"),
  returned: look("box", "quiet"),
  refunded: look("check", "quiet"),
  not_open: look("clock", "wait"),
  not_your_turn: look("clock", "wait"),
  too_few: look("box", "wait"),
  refused: look("cross", "bad"),
  held: look("clock", "wait"),
  authorised: look("check", "good"),
  expired: look("clock", "quiet"),
  cancelled: look("cross", "quiet"),
  failed: look("cross", "bad"),
};

/** Words of a language in their looks. */
export const dress = <Kind extends string>(
  looks: Record<Kind, Look>,
  words: Record<Kind, FaceWords>,
): Record<Kind, FaceText> => {
  const dressed = {} as Record<Kind, FaceText>;
  for (const kind of Object.keys(looks) as Kind[]) dressed[kind] = { ...words[kind], ...looks[kind] };
  return dressed;
};
