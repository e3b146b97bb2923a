/** True where the text begins with a time as log(1) writes it: `2026-05-15 11:08:24`. Whoever masks digits leaves the year. */
export function isLogTime(text: string): boolean {
  const first = text.charCodeAt(0);
  return (
    first >= 0x30 &&
    first <= 0x39 &&
    text.charCodeAt(4) === hyphen &&
    text.charCodeAt(7) === hyphen &&
    text.charCodeAt(10) === blank &&
    text.charCodeAt(13) === colon &&
    text.charCodeAt(16) === colon
  );
}

const blank = 0x20;
const hyphen = 0x2d;
const colon = 0x3a;
