import type { ToolOutput } from '../../tools/toolOutput.ts';
import type { KernelAnswer } from '../kernelAnswer.ts';
import { said } from '../toolText.ts';
import { kextListHeader, kextRow } from './kextRow.ts';

/** kextstat(8) of macOS 10.15, with `-l` (no header) and `-b ID`. */
export function kextstat(answer: KernelAnswer, argv: readonly string[]): ToolOutput {
  const wanted = argv.flatMap((word, at) => (argv[at - 1] === '-b' ? [word] : []));
  const rows = answer.kexts
    .filter(kext => wanted.length === 0 || wanted.includes(kext.identifier))
    .map(kext => kextRow(kext, { emptyList: false }));
  return said({ stdout: argv.includes('-l') ? rows : [kextListHeader, ...rows] });
}
