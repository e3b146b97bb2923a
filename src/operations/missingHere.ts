import { join, relative } from 'node:path';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { missingInterface } from '../diagnosis/missingInterface.ts';
import { notBuiltHere } from '../diagnosis/notRunHere.ts';
import { readSourceFiles } from '../source/sourceFiles.ts';
import type { Operation } from './operation.ts';
import { readSources } from './project/declarations.ts';
import { factsOf } from './project/kextFacts.ts';

/**
 * What a failed build for the Simulated Mac says, with the header where one only has to be included, and with that the
 * driver is not run here where it needs what the Simulated Mac has not. `simulatedMac`: the folder that the build was given.
 */
export async function missingHere(
  { project, target }: Pick<Operation, 'project' | 'target'>,
  simulatedMac: string | undefined,
  build: readonly Diagnosis[],
  signal: AbortSignal,
): Promise<readonly Diagnosis[]> {
  if (!target.simulated || simulatedMac === undefined) return build;
  const include = join(simulatedMac, 'include');
  const headers = await readSourceFiles(include, signal);
  const sources = await readSources(project, signal);
  const { diagnoses, names } = missingInterface(build, {
    headers: headers.map(({ file, text }) => ({ file: relative(include, file), text })),
    sources,
  });
  const lacking = notBuiltHere(factsOf({ project, target }), names);
  return lacking === undefined ? diagnoses : [...diagnoses, lacking];
}
