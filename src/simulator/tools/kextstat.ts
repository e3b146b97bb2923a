import type { ToolOutput } from '../../tools/toolOutput.ts';
import type { KernelAnswer, KernelKext } from '../kernelAnswer.ts';
import { said } from '../toolText.ts';

const header = 'Index Refs Address            Size       Wired      Name (Version) UUID <Linked Against>';

/** kextstat(8) of macOS 10.15, with `-l` (no header) and `-b ID`. */
export function kextstat(answer: KernelAnswer, argv: readonly string[]): ToolOutput {
  const wanted = argv.flatMap((word, at) => (argv[at - 1] === '-b' ? [word] : []));
  const rows = answer.kexts.filter(kext => wanted.length === 0 || wanted.includes(kext.identifier)).map(row);
  return said({ stdout: argv.includes('-l') ? rows : [header, ...rows] });
}

function row(kext: KernelKext): string {
  const numbers = [
    String(kext.index).padStart(5),
    String(kext.references).padStart(4),
    hex(BigInt(kext.address)).padEnd(18),
    hex(BigInt(kext.size)).padEnd(10),
    hex(BigInt(kext.wired)).padEnd(10),
  ].join(' ');
  const linked = [...kext.dependencies].sort((a, b) => b - a).join(' ');
  const tail = linked === '' ? '' : ` <${linked}>`;
  return `${numbers} ${kext.identifier} (${kext.version}) ${kext.uuid}${tail}`;
}

/** printf's `%#x`, which prints a bare `0` for zero. */
function hex(value: bigint): string {
  return value === 0n ? '0' : `0x${value.toString(16)}`;
}
