import { parseArgs } from 'node:util';
import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { KernelAnswer, KernelKext } from '../kernelAnswer.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';
import { kextListHeader, kextListHeaderWithArchitecture, kextRow } from './kextRow.ts';

/**
 * kextstat(8) of macOS 10.15, with `-a` (the architecture), `-b ID`, `-k` (not the kernel's components), `-l` (no header) and
 * `-s` (by address).
 */
export function kextstat(answer: KernelAnswer, argv: readonly string[]): ToolOutput {
  const options = readOptions(argv);
  if (options === undefined) return cannotSimulate('kextstat', argv);
  const wanted = options['bundle-id'] ?? [];
  const shown = ({ identifier }: KernelKext): boolean =>
    (wanted.length === 0 || wanted.includes(identifier)) &&
    !(options['no-kernel'] && identifier.startsWith('com.apple.kpi.'));
  const kexts = answer.kexts.filter(shown);
  const sorted = options.sort ? kexts.toSorted((a, b) => a.address - b.address) : kexts;
  const withArchitecture = options['arch-info'] ? { architecture: 'x86_64' } : {};
  const rows = sorted.map(kext => kextRow(kext, { emptyList: false, ...withArchitecture }));
  const header = options['arch-info'] ? kextListHeaderWithArchitecture : kextListHeader;
  return said({ stdout: options['list-only'] ? rows : [header, ...rows] });
}

function readOptions(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        'arch-info': { type: 'boolean', short: 'a' },
        'bundle-id': { type: 'string', short: 'b', multiple: true },
        'no-kernel': { type: 'boolean', short: 'k' },
        'list-only': { type: 'boolean', short: 'l' },
        sort: { type: 'boolean', short: 's' },
      },
    }).values;
  } catch {
    return undefined;
  }
}
