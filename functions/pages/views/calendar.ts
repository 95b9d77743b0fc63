/** What a calendar is told of a sale's opening. */
export type Appointment = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly startsAt: string;
  /** Null: nobody knows. */
  readonly endsAt: string | null;
  /** When this was written. */
  readonly writtenAt: string;
};

const BEFORE_MINUTES = 10;
/** RFC 5545, 3.1: a line's bytes without its end; what goes on begins with a space. */
const LINE_BYTES = 75;

/** RFC 5545, 3.3.11: what would end a value, or a line. */
const escapeText = (text: string): string =>
  text.replace(/[\\;,]/g, (character) => `\\${character}`).replace(/\r\n|\r|\n/g, "\\n");

/** RFC 5545, 3.3.5: in UTC. */
const time = (instant: string): string => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, "");

/** Cuts a line between characters, never within one. */
function fold(line: string): string {
  let [folded, bytes] = ["", 0];
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > LINE_BYTES) [folded, bytes] = [`${folded}\r\n `, 1];
    folded += character;
    bytes += size;
  }
  return folded;
}

/** A calendar file (RFC 5545) with one appointment, and a reminder ten minutes before it. */
export function calendarOf({ id, name, description, url, startsAt, endsAt, writtenAt }: Appointment): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//flash-sale//EN",
    "BEGIN:VEVENT",
    `UID:${id}`,
    `DTSTAMP:${time(writtenAt)}`,
    `DTSTART:${time(startsAt)}`,
    ...(endsAt === null ? [] : [`DTEND:${time(endsAt)}`]),
    `SUMMARY:${escapeText(name)}`,
    ...(description === "" ? [] : [`DESCRIPTION:${escapeText(description)}`]),
    `URL:${url}`,
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `TRIGGER:-PT${BEFORE_MINUTES}M`,
    `DESCRIPTION:${escapeText(name)}`,
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return `${lines.map(fold).join("\r\n")}\r\n`;
}
