import { capital } from '../sentence.ts';
import type { ExaminedTarget } from './doctorFacts.ts';

/** The target's name at the start of a sentence: that of a host stays as it is. */
export function beginningWith({ id, called }: Pick<ExaminedTarget, 'id' | 'called'>): string {
  return id.startsWith('ssh:') ? called : capital(called);
}
