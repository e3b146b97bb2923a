import type { ToolInput } from './toolInput.ts';
import type { ToolOutput } from './toolOutput.ts';

/** One call of one tool as a value: it is tested without running, and any Runner can run it. */
export interface ToolCommand<T> {
  readonly tool: string;
  readonly argv: readonly string[];
  readonly asRoot: boolean;
  readonly timeoutMs: number;
  /** Absolute path; the runner's own folder when absent. */
  readonly folder?: string;
  /** Added to the runner's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Written to the tool's standard input, which is empty when absent. */
  readonly input?: ToolInput;
  /**
   * It may get its input while that is on its way: where the connection breaks, half of it does no harm, nor does what goes together with
   * it. Of several commands the first one alone does.
   */
  readonly streams?: boolean;
  /** It runs for long on this machine: it ends with all that it started where this program ends before it, also where that is killed. */
  readonly leashed?: boolean;
  /** Pure. Throws UnknownToolText where the tool spoke an unknown language. */
  readonly parse: (output: ToolOutput) => T;
}

/** The call as a person would type it, for logs only: it is never given to a shell. */
export function commandLine(command: Pick<ToolCommand<unknown>, 'tool' | 'argv' | 'asRoot'>): string {
  const words = [...(command.asRoot ? ['sudo'] : []), command.tool, ...command.argv];
  return words.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
