/** One start of a target's system. */
export interface Boot {
  /** Seconds since 1970 at which it started, by a clock that may be set meanwhile; undefined where it did not say. */
  readonly bootTime: number | undefined;
  /** sysctl kern.bootsessionuuid: another one at each start; undefined where it did not say. */
  readonly bootSession?: string | undefined;
}

/** Nothing is known of which start it was. */
export const unknownBoot: Boot = { bootTime: undefined };

/** A clock that is set right moves the boot time by so much, in seconds; no boot is that short. */
const mostMoved = 3;

/** Whether two are one start: by their sessions where both are known, else by their times; undefined where one does not say. */
export function isSameBoot(before: Boot, after: Boot): boolean | undefined {
  if (before.bootSession !== undefined && after.bootSession !== undefined)
    return before.bootSession === after.bootSession;
  if (before.bootTime === undefined || after.bootTime === undefined) return undefined;
  return Math.abs(before.bootTime - after.bootTime) <= mostMoved;
}

/** Whether what was remembered of one start holds in the other one. Of a system that never says, it does. */
export function holdsIn(remembered: Boot, boot: Boot): boolean {
  return isSameBoot(remembered, boot) ?? !(isKnown(remembered) || isKnown(boot));
}

/** Whether anything says which start it was. */
export function isKnown({ bootTime, bootSession }: Boot): boolean {
  return (bootTime ?? bootSession) !== undefined;
}

/** What says which start it is, of all that is known of a system. */
export function bootOf({ bootTime, bootSession }: Boot): Boot {
  return bootSession === undefined ? { bootTime } : { bootTime, bootSession };
}
