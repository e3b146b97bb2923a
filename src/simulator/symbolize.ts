import type { SourcePosition } from '../model/sourcePosition.ts';
import type { Runner } from '../tools/port/runner.ts';
import type { ToolCommand } from '../tools/port/toolCommand.ts';

/** What is at a place in code. */
export interface CodeSymbol {
  readonly function: string | undefined;
  readonly position: SourcePosition | undefined;
}

/** One symbol for each offset into the image, in order; none where there is no llvm-symbolizer. */
export async function symbolize(
  image: string,
  offsets: readonly number[],
  host: Runner,
  signal: AbortSignal,
): Promise<readonly CodeSymbol[]> {
  const addresses = offsets.map(offset => `0x${offset.toString(16)}`);
  const command: ToolCommand<undefined> = {
    tool: 'llvm-symbolizer',
    argv: [`--obj=${image}`, '--output-style=JSON', '--no-inlines', ...addresses],
    asRoot: false,
    timeoutMs: 20_000,
    parse: () => undefined,
  };
  try {
    const { stdout } = await host.run(command, signal);
    const answers: unknown = JSON.parse(stdout);
    return Array.isArray(answers) && answers.length === offsets.length ? answers.map(readSymbol) : [];
  } catch {
    signal.throwIfAborted();
    return [];
  }
}

function readSymbol(answer: unknown): CodeSymbol {
  const symbols = (answer as { Symbol?: readonly Record<string, unknown>[] }).Symbol;
  const { FunctionName: name, FileName: file, Line: line, Column: column } = symbols?.[0] ?? {};
  const placed = typeof file === 'string' && file !== '' && typeof line === 'number' && line > 0;
  return {
    function: typeof name === 'string' && name !== '' ? name : undefined,
    position: placed ? { file, line, column: typeof column === 'number' && column > 0 ? column : 1 } : undefined,
  };
}
