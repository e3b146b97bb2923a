/** True where the line at `at` begins with a time as log(1) writes it: `2026-05-15 11:08:24`. Masked digits may be any. */
export function isLogTime(text: string, at = 0, to = text.length): boolean {
  const first = text.charCodeAt(at);
  return (
    to - at > 18 &&
    first >= 0x30 &&
    first <= 0x39 &&
    text.charCodeAt(at + 4) === hyphen &&
    text.charCodeAt(at + 10) === blank &&
    text.charCodeAt(at + 13) === colon
  );
}

/** `2026-05-15 11:08:24.741500+0530` in seconds since 1970, whole ones; undefined for another form. */
export function logSeconds(timestamp: string | undefined): number | undefined {
  const [, day, time, hours, minutes] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)?([+-]\d\d)(\d\d)$/.exec(timestamp ?? '') ?? [];
  const ms = Date.parse(`${day}T${time}${hours}:${minutes}`);
  return Number.isNaN(ms) ? undefined : ms / 1000;
}

const blank = 0x20;
const hyphen = 0x2d;
const colon = 0x3a;
