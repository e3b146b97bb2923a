/**
 * The folder of the Kernel Debug Kits, by ls(1). Accepted; the second on standard error, where none was ever installed, the
 * last as Linux says it:
 *   KDK_13.6_22G120.kdk
 *   ls: /Library/Developer/KDKs: No such file or directory
 *   ls: cannot access '/Library/Developer/KDKs': No such file or directory
 */
import { allText, requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';
import { type Line, parseLines } from './text/lines.ts';
import { isNoise } from './text/noise.ts';
import type { ParsedText } from './text/parsedText.ts';

/** A Kernel Debug Kit: the symbols of one build of macOS. */
export interface KernelDebugKit {
  /** Of the folder: `KDK_13.6_22G120.kdk`. */
  readonly name: string;
  /** `22G120`; undefined where the name says none. */
  readonly build: string | undefined;
}

/** Where the installer of each kit puts it. */
export const kitsFolder = '/Library/Developer/KDKs';

const expected = 'names of kits, or that there is no such folder';

/** Asks which Kernel Debug Kits are installed. */
export function kernelDebugKits(): ToolCommand<readonly KernelDebugKit[]> {
  return {
    tool: 'ls',
    argv: [kitsFolder],
    asRoot: false,
    timeoutMs: 10_000,
    parse: output => {
      requireWholeAnswer('ls', expected, output);
      if (output.exitCode !== 0 && !missing.test(output.stderr)) throw new UnknownToolText('ls', expected, output);
      return parseKernelDebugKits(allText(output)).records;
    },
  };
}

const missing = /^ls: (?:cannot access ')?\/Library\/Developer\/KDKs'?: No such file or directory$/m;

/** The kits that ls named; other files may lie beside them. */
export function parseKernelDebugKits(text: string): ParsedText<KernelDebugKit> {
  return parseLines(text, readKit, line => isNoise(line) || missing.test(line) || !line.startsWith('ls: '));
}

function readKit({ text }: Line): KernelDebugKit | undefined {
  if (!/^[^/]+\.kdk$/.test(text)) return undefined;
  return { name: text, build: /_(\d+[A-Z]\d+[a-z]?)\.kdk$/.exec(text)?.[1] };
}
