import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';

/** `csrutil status` of a Mac that loads what nobody has signed: System Integrity Protection is off. */
export function csrutil(argv: readonly string[]): ToolOutput {
  if (argv.length === 1 && argv[0] === 'status')
    return said({ stdout: ['System Integrity Protection status: disabled.'] });
  return cannotSimulate('csrutil', argv);
}
