import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { KernelAnswer } from '../kernelAnswer.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';

/** ioclasscount(8): every class one a line, or the named ones on one line in the order given. */
export function ioclasscount(answer: KernelAnswer, argv: readonly string[]): ToolOutput {
  if (argv.some(word => word.startsWith('-'))) return cannotSimulate('ioclasscount', argv);
  const counts = new Map(answer.classes.map(each => [each.name, each.count]));
  if (argv.length > 0) {
    const named = argv.map(name => `${name} = ${printed(counts.get(name))}`);
    return said({ stdout: [named.join(', ')] });
  }
  const names = [...counts.keys()].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  return said({ stdout: names.map(name => `${name} = ${printed(counts.get(name))}`) });
}

/** A 32-bit count goes through unsigned long, so a negative one comes out huge. */
function printed(count: number | undefined): string {
  return count === undefined ? '<no such class>' : BigInt.asUintN(64, BigInt(count)).toString();
}
