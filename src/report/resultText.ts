import type { Operation } from '../operations/operation.ts';
import { diagnosisText } from './diagnosisText.ts';
import { outcomeText, type ToldResult } from './outcomeText.ts';
import { usedText } from './usedText.ts';

/**
 * What an operation came to, as the terminal has it: what a process did, every diagnosis, and how it ended. Paths are relative
 * to `folder`, absolute where there is none.
 */
export function resultText(
  result: ToldResult,
  operation: Pick<Operation, 'project' | 'target'>,
  folder: string | undefined,
): string {
  return [
    ...usedText(result.process ?? '', result.steps ?? []),
    ...result.diagnoses.map(diagnosis => diagnosisText(diagnosis, folder)),
    ...(result.notShelved === undefined ? [] : [`It was not kept on the shelf: ${result.notShelved}`]),
    outcomeText(result, operation),
  ].join('\n');
}
