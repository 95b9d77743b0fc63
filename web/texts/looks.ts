import type { FaceKind } from "../src/features/sale/face-kind.ts";
import type { LineState } from "../src/features/line/line-state.ts";

/** How a face looks: the chip's icon and its tone. The words carry the meaning, the colour only repeats it. */
type Tone = "quiet" | "live" | "wait" | "good" | "bad";
type Look = { icon: string; tone: Tone };
export type FaceWords = { chip: string; heading: string; body: string };
export type FaceText = FaceWords & Look;

const look = (icon: string, tone: Tone): Look => ({ icon, tone });

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
  not_open: look("clock", "wait"),
  not_your_turn: look("clock", "wait"),
  too_few: look("box", "wait"),
  refused: look("cross", "bad"),
};

export const lineLooks: Record<LineState, Look> = {
  line_loading: look("dots", "quiet"),
  line_unreachable: look("offline", "wait"),
  line_join: look("clock", "live"),
  line_challenge: look("dots", "live"),
  line_slower: look("question", "wait"),
  line_joining: look("dots", "live"),
  line_checking: look("dots", "wait"),
  line_joined: look("check", "good"),
  line_late: look("clock", "wait"),
  line_waiting: look("clock", "live"),
  line_soon: look("bolt", "live"),
  line_turn: look("bolt", "live"),
  line_won: look("check", "good"),
  line_lapsed: look("flag", "wait"),
  line_passed_over: look("flag", "quiet"),
  line_withdrawn: look("flag", "quiet"),
  line_closed: look("flag", "quiet"),
  line_sold_out: look("flag", "quiet"),
  line_over: look("flag", "quiet"),
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
