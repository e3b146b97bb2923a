import type { Runner } from '../tools/port/runner.ts';
import type { Panic, PanicFrame } from '../tools/port/target.ts';
import type { JournalEvent } from './journalEvent.ts';
import type { KernelPanic } from './kernelAnswer.ts';
import { kernelFunctionName } from './kernelFunctionName.ts';
import { type CodeSymbol, symbolize } from './symbolize.ts';
import type { TwinStore } from './twinStore.ts';

/** Where the code of a panic's frames is, apart from the twins. */
export interface PanicSources {
  readonly events: readonly JournalEvent[];
  readonly twins: TwinStore;
  /** The simulated kernel's own library. */
  readonly kernelImage: string;
}

/**
 * Gives the frames of a panic names, and those of kexts source lines, as far as llvm-symbolizer is there and knows them.
 * The kernel's own lines are nobody's to mend and stay unnamed, and functions that a Mac's kernel has not are left out.
 */
export async function readPanic(
  panic: KernelPanic,
  { events, twins, kernelImage }: PanicSources,
  host: Runner,
  signal: AbortSignal,
): Promise<Panic> {
  const frames: PanicFrame[] = [];
  const symbols = new Map<string, readonly CodeSymbol[]>();
  for (const image of new Set(panic.frames.map(frame => frame.image))) {
    const offsets = panic.frames.filter(frame => frame.image === image).map(({ offset }) => offset);
    symbols.set(image, await symbolize(image === 'kernel' ? kernelImage : image, offsets, host, signal));
  }
  const passed = new Map<string, number>();
  for (const { image, offset } of panic.frames) {
    const at = passed.get(image) ?? 0;
    passed.set(image, at + 1);
    const kext = events.findLast(
      event => event.event === 'load' && event.twin !== undefined && twins.path(event.twin) === image,
    );
    const known = symbols.get(image)?.[at];
    const name = known?.function ?? `0x${offset.toString(16)}`;
    const told = image === 'kernel' && known?.function !== undefined ? kernelFunctionName(name) : name;
    if (told === undefined) continue;
    frames.push({
      image: kext?.event === 'load' ? kext.identifier : 'kernel',
      function: told,
      position: kext === undefined ? undefined : known?.position,
    });
  }
  // A panic() of a driver may end its lines as IOLog() does.
  return { reason: panic.reason.trim().replaceAll(/\s*\n\s*/g, ' '), frames };
}
