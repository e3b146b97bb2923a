import type { UsedStep } from '../model/driverUse.ts';
import { osReturnOfCode } from '../tools/osReturn.ts';

/** What a process did with a driver and what each step came to, a line each. */
export function usedText(process: string, steps: readonly UsedStep[]): readonly string[] {
  return steps.map(({ step, status }) => `${process}: ${step}: ${statusInWords(status)}`);
}

function statusInWords(status: number): string {
  if (status === 0) return 'ok';
  const known = osReturnOfCode(status);
  const code = `0x${status.toString(16)}`;
  return known === undefined ? code : `${code} ${known.text ?? known.symbol}`;
}
