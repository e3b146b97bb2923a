import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { loadFailure } from '../diagnosis/loadFailure.ts';
import { refusedLoad } from '../diagnosis/refusedLoad.ts';
import { kextload, type LoadAnswer, parseKextload } from '../tools/kextload.ts';
import { joined } from '../tools/parsedText.ts';
import { ask } from '../tools/runner.ts';
import { declarationFinder } from './declarations.ts';
import { attemptBegins, handedOver, kernelLinesOf } from './kernelLines.ts';
import { factsOf } from './kextFacts.ts';
import type { Operation } from './operation.ts';

/** What asking for a load came to: `needsApproval` and `needsRestart` are no failures, the build is on its way. */
export interface Loading {
  readonly outcome: 'loaded' | 'needsApproval' | 'needsRestart' | 'failed';
  /** Why it failed. */
  readonly diagnoses: readonly Diagnosis[];
}

/** Asks the target to load the installed bundle. */
export async function loadBundle(operation: Operation, installed: string, signal: AbortSignal): Promise<Loading> {
  const answer = await askToLoad(operation, installed, signal);
  const { outcome } = answer;
  if (outcome === 'loaded' || outcome === 'needsApproval' || outcome === 'needsRestart')
    return { outcome, diagnoses: [] };
  return { outcome: 'failed', diagnoses: await explain(operation, installed, answer, signal) };
}

/** Where kmutil answered, the kernel's reasons are in the log alone: they are read there. */
async function askToLoad({ project, target }: Operation, installed: string, signal: AbortSignal): Promise<LoadAnswer> {
  const since = await attemptBegins(target, signal);
  const answer = await ask(target.runner, kextload(installed), signal);
  const failed = answer.outcome === 'loadFailed' || answer.outcome === 'unknown';
  if (!failed || !handedOver(answer.said.notices)) return answer;
  const attempt = { bundleIdentifier: project.bundleIdentifier, about: 'load', since } as const;
  const lines = new Set(await kernelLinesOf(attempt, target, signal));
  return { ...answer, said: joined(parseKextload([...lines].join('\n')), answer.said) };
}

async function explain(
  operation: Operation,
  installed: string,
  answer: LoadAnswer,
  signal: AbortSignal,
): Promise<readonly Diagnosis[]> {
  const { project } = operation;
  const { libraries, librariesPosition, libraryPositions } = project.infoPlist;
  const declarations = await declarationFinder(project, signal);
  const places = {
    libraryPosition: (library?: string) => (library === undefined ? librariesPosition : libraryPositions.get(library)),
    declarationOf: declarations.positionOf,
  };
  const { records } = answer.said;
  const reasons = refusedLoad(factsOf(operation), { ...places, said: records, path: installed, libraries });
  if (reasons.length > 0) return reasons;
  const lines = [...records, ...answer.said.notUnderstood].map(({ text }) => text);
  return [loadFailure(factsOf(operation), lines, answer.exitCode, places)];
}
