import { isApple } from '../model/kext.ts';
import type { PanicLog, PanicLogFrame, PanicLogKext } from '../tools/panicLog.ts';

/** The kext that most likely made the kernel panic, and where its code was running. */
export interface SuspectedKext {
  readonly kext: PanicLogKext;
  /** Innermost first; empty where the log was cut. */
  readonly frames: readonly PanicLogFrame[];
}

/** Kernels until 10.5 print no end of a kext; none of that time was larger than this, in bytes. */
const largestWithoutEnd = 0x40_0000n;

/**
 * The first kext of the backtrace's list that is not Apple's, with the frames that lie in its code. undefined where only
 * Apple's code was running, as far as the log tells.
 */
export function suspectedKext(panic: PanicLog): SuspectedKext | undefined {
  const kext = panic.kextsInBacktrace.find(({ name }) => !isApple(name));
  if (!kext) return undefined;
  const last = lastAddress(kext, panic);
  const isIts = ({ image, address }: PanicLogFrame) =>
    image === undefined
      ? kext.start !== undefined && last !== undefined && address >= kext.start && address <= last
      : image === kext.name;
  return { kext, frames: panic.frames.filter(isIts) };
}

/** The end that the log says, or else the nearest start of another kext that it names. */
function lastAddress({ start, end }: PanicLogKext, { kextsInBacktrace }: PanicLog): bigint | undefined {
  if (end !== undefined || start === undefined) return end;
  const starts = kextsInBacktrace.flatMap(kext => [kext.start, ...kext.dependencies.map(needed => needed.start)]);
  const above = starts.filter(other => other !== undefined).filter(other => other > start);
  return above.reduce((nearest, other) => (other <= nearest ? other - 1n : nearest), start + largestWithoutEnd - 1n);
}
