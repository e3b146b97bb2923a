/** A clock that is set right moves the boot time by so much, in seconds; no boot is that short. */
const mostMoved = 3;

/** Whether two boot times, in seconds since 1970, are of one boot; undefined where one of them is not known. */
export function isSameBoot(before: number | undefined, after: number | undefined): boolean | undefined {
  if (before === undefined || after === undefined) return undefined;
  return Math.abs(before - after) <= mostMoved;
}
