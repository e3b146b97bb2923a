import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { loadFailure } from '../../diagnosis/loadFailure.ts';
import { refusedLoad } from '../../diagnosis/refusedLoad.ts';
import { kextload, type LoadAnswer, parseKextload } from '../../tools/kextload.ts';
import { joined } from '../../tools/text/parsedText.ts';
import type { Operation } from '../operation.ts';
import { declarationFinder } from '../project/declarations.ts';
import { factsOf } from '../project/kextFacts.ts';
import { askHearingKernel } from './askHearingKernel.ts';

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

async function askToLoad({ project, target }: Operation, installed: string, signal: AbortSignal): Promise<LoadAnswer> {
  const { bundleIdentifier } = project;
  const command = kextload(installed);
  const hasFailed = ({ outcome }: LoadAnswer) => outcome === 'loadFailed' || outcome === 'unknown';
  const heard = await askHearingKernel({ bundleIdentifier, about: 'load', command, hasFailed }, target, signal);
  const lines = new Set(heard.kernel);
  return { ...heard.answer, said: joined(parseKextload([...lines].join('\n')), heard.answer.said) };
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
