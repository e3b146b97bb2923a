import type { ToldPhase } from '../operations/phases.ts';

/** What a task says of a cancel in a phase that goes on to its end. */
export function cancellingText(phase: ToldPhase): string {
  return `Cancelling after the ${steps[phase]}, which is not stopped half-way.`;
}

const steps: Readonly<Record<ToldPhase, string>> = {
  waiting: 'wait',
  building: 'build',
  unloading: 'unload',
  installing: 'install',
  loading: 'load',
  verifying: 'proof',
  removing: 'removal',
};
