import { stepText, type UsedStep } from '../model/driverUse.ts';
import { ioReturnOfCode } from '../tools/ioReturn.ts';
import { osReturnOfCode } from '../tools/osReturn.ts';

/** What a process did with a driver and what each step came to, a line each. */
export function usedText(process: string, steps: readonly UsedStep[]): readonly string[] {
  return steps.map(step => {
    const ended = step.hasNotReturned ? 'has not returned' : statusInWords(step.status);
    return `${process}: ${stepText(step)}: ${ended}`;
  });
}

/** Why a process could not use the driver, and what to do next, in one line; undefined where every step succeeded. */
export function useFailedText(process: string, steps: readonly UsedStep[], kext: string): string | undefined {
  const failed = steps.find(({ status }) => status !== 0);
  if (failed === undefined) return undefined;
  const opening = failed.kind === 'open' ? failed.name : undefined;
  const symbol = ioReturnOfCode(failed.status)?.symbol;
  if (opening !== undefined && (symbol === 'kIOReturnNotFound' || symbol === 'kIOReturnNoDevice')) {
    return `Failed: ${process} could not open ${opening} (${symbol}): the service is not running. Reload ${kext} first.`;
  }
  const gave = `Failed: ${stepText(failed)} of ${process} gave ${statusInWords(failed.status)}.`;
  if (opening !== undefined) return `${gave} Look at newUserClient() of ${opening}, and at its user client's start().`;
  return `${gave} Look at the driver's method for it, and at the arguments in the exercise.json.`;
}

function statusInWords(status: number): string {
  if (status === 0) return 'ok';
  const code = `0x${(status >>> 0).toString(16)}`;
  const io = ioReturnOfCode(status);
  if (io !== undefined) return `${io.symbol} (${code}), ${io.meaning}`;
  const known = osReturnOfCode(status);
  return known === undefined ? code : `${known.symbol} (${code})${known.text === undefined ? '' : `, ${known.text}`}`;
}
