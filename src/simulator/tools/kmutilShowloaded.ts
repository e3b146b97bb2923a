import { parseArgs } from 'node:util';
import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { KernelAnswer, KernelKext } from '../kernelAnswer.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';
import { kextListHeader, kextRow } from './kextRow.ts';

const noVariant = 'No variant specified, falling back to release';

/** `kmutil showloaded`, with `-b ID`, `--list-only` (no header) and `--no-kernel-components`. */
export function kmutilShowloaded(answer: KernelAnswer, argv: readonly string[]): ToolOutput {
  const options = readOptions(argv);
  if (options === undefined) return cannotSimulate('kmutil', ['showloaded', ...argv]);
  const wanted = options['bundle-identifier'] ?? [];
  const shown = ({ identifier }: KernelKext): boolean =>
    (wanted.length === 0 || wanted.includes(identifier)) &&
    !(options['no-kernel-components'] && identifier.startsWith('com.apple.kpi.'));
  const rows = answer.kexts.filter(shown).map(kext => kextRow(kext, { emptyList: true }));
  return said({ stdout: [...(options['list-only'] ? [] : [kextListHeader]), ...rows], stderr: [noVariant] });
}

function readOptions(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        'bundle-identifier': { type: 'string', short: 'b', multiple: true },
        'list-only': { type: 'boolean' },
        'no-kernel-components': { type: 'boolean' },
      },
    }).values;
  } catch {
    return undefined;
  }
}
