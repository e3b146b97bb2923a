import type { SourcePosition } from '../model/sourcePosition.ts';
import type { Runner } from '../tools/runner.ts';
import type { Panic, PanicFrame } from '../tools/target.ts';
import type { ToolCommand } from '../tools/toolCommand.ts';
import type { JournalEvent } from './journalEvent.ts';
import type { KernelPanic } from './kernelAnswer.ts';
import type { TwinStore } from './twinStore.ts';

/** Gives the frames of a panic names and source lines, as far as llvm-symbolizer is there and knows them. */
export async function readPanic(
  panic: KernelPanic,
  events: readonly JournalEvent[],
  twins: TwinStore,
  host: Runner,
  signal: AbortSignal,
): Promise<Panic> {
  const frames: PanicFrame[] = [];
  for (const { image, offset } of panic.frames) {
    const kext = events.findLast(event => event.event === 'load' && twins.path(event.twin) === image);
    const name = kext?.event === 'load' ? kext.identifier : 'kernel';
    const known = kext === undefined ? undefined : await symbolize(image, offset, host, signal);
    frames.push({
      image: name,
      function: known?.function ?? `0x${offset.toString(16)}`,
      position: known?.position,
    });
  }
  return { reason: panic.reason, frames };
}

interface Symbol {
  readonly function: string | undefined;
  readonly position: SourcePosition | undefined;
}

async function symbolize(
  image: string,
  offset: number,
  host: Runner,
  signal: AbortSignal,
): Promise<Symbol | undefined> {
  const command: ToolCommand<undefined> = {
    tool: 'llvm-symbolizer',
    argv: [`--obj=${image}`, '--output-style=JSON', '--no-inlines', `0x${offset.toString(16)}`],
    asRoot: false,
    timeoutMs: 20_000,
    parse: () => undefined,
  };
  try {
    const { stdout } = await host.run(command, signal);
    return readSymbol(JSON.parse(stdout.split('\n')[0] ?? ''));
  } catch (error) {
    if (signal.aborted) throw error;
    // Without a symbolizer the panic is still told, by offsets.
    return undefined;
  }
}

function readSymbol(answer: unknown): Symbol | undefined {
  const symbols = (answer as { Symbol?: readonly Record<string, unknown>[] }).Symbol;
  const first = symbols?.[0];
  if (first === undefined) return undefined;
  const { FunctionName: name, FileName: file, Line: line, Column: column } = first;
  const placed = typeof file === 'string' && file !== '' && typeof line === 'number' && line > 0;
  return {
    function: typeof name === 'string' && name !== '' ? name : undefined,
    position: placed ? { file, line, column: typeof column === 'number' && column > 0 ? column : 1 } : undefined,
  };
}
