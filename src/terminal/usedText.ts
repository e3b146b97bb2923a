import type { UsedStep } from '../model/driverUse.ts';
import { osReturnOfCode } from '../tools/osReturn.ts';

/** What a process did with a driver and what each step came to, a line each. */
export function usedText(process: string, steps: readonly UsedStep[]): readonly string[] {
  return steps.map(({ step, status }) => `${process}: ${step}: ${statusInWords(status)}`);
}

function statusInWords(status: number): string {
  if (status === 0) return 'ok';
  const code = `0x${status.toString(16)}`;
  const known = osReturnOfCode(status);
  return known === undefined ? code : `${code} ${known.text}`;
}
