import { nestedFunctionName } from '../bundle/nestedName.ts';
import type { SourcePosition } from '../model/sourcePosition.ts';
import type { PanicLog, PanicLogFrame } from '../tools/panicLog.ts';
import type { Panic, PanicFrame } from '../tools/port/target.ts';
import { suspectedKext } from './suspectedKext.ts';

/** So many frames are told: a stack that overflowed has thousands. */
const mostFrames = 40;

/**
 * A panic report as the panic that it tells of. `methodAt`: where a method of a class is defined in the developer's source;
 * frames have functions as far as the kernel printed names, which it does with the boot argument keepsyms=1.
 */
export function panicOfLog(
  log: PanicLog,
  methodAt: (className: string, method: string) => SourcePosition | undefined,
): Panic {
  const frames = log.frames.slice(0, mostFrames).map((frame): PanicFrame => {
    const names = nestedFunctionName(frame.symbol ?? '');
    const [method = '', className] = names?.toReversed() ?? [];
    const position = className === undefined ? undefined : methodAt(className, method);
    return { function: names?.join('::') ?? plainFunction(frame), image: imageOf(frame, log), position };
  });
  return { reason: reasonText(log), frames, suspect: suspectedKext(log)?.kext.name };
}

function plainFunction({ symbol, address }: PanicLogFrame): string {
  return symbol?.replace(/^_/, '') ?? `0x${address.toString(16)}`;
}

function imageOf({ image, address }: PanicLogFrame, { kextsInBacktrace }: PanicLog): string {
  if (image !== undefined) return image === 'mach_kernel' ? 'kernel' : image;
  const within = kextsInBacktrace.find(
    ({ start, end }) => start !== undefined && end !== undefined && address >= start && address <= end,
  );
  return within?.name ?? 'kernel';
}

/** The first line, without its quotes, the place in the kernel's source behind them, and what leads to more lines. */
function reasonText({ reason = '' }: PanicLog): string {
  const [first = ''] = reason.split('\n');
  const text = first
    .replace(/^"/, '')
    .replace(/"? ?@[^"@]*:\d+$|"$/, '')
    .replace(/, registers:$/, '')
    .trim();
  return text === '' ? 'it gave no reason' : text.replace(/\.$/, '');
}
