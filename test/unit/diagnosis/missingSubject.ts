import { join, relative } from 'node:path';
import type { Diagnosis } from '../../../src/diagnosis/diagnosis.ts';
import { type MissingInterface, missingInterface } from '../../../src/diagnosis/missingInterface.ts';
import type { SourceText } from '../../../src/source/classDeclarations.ts';
import { readSourceFiles } from '../../../src/source/sourceFiles.ts';
import { repositoryFolder } from '../../support/repository.ts';

const include = join(repositoryFolder, 'media', 'simulated-mac', 'include');

/** The headers of the Simulated Mac, as they ship. */
export const headers: readonly SourceText[] = (await readSourceFiles(include)).map(({ file, text }) => ({
  file: relative(include, file),
  text,
}));

/** What is told of messages about a driver that is `source` alone; each stands where `at` first is in it. */
export function missing(source: string, ...messages: readonly (readonly [message: string, at?: string])[]): Told {
  const build = messages.map(([message, at]): Diagnosis => {
    const before = source.slice(0, at === undefined ? 0 : source.indexOf(at)).split('\n');
    const anchor = { file: '/p/Pump.cpp', line: before.length, column: (before.at(-1) ?? '').length + 1 };
    const rest = { about: 'build', cause: 'buildError', evidence: [], holders: [], remedy: '' } as const;
    return { ...rest, severity: 'error', message, certainty: 'certain', anchor };
  });
  const told = missingInterface(build, { headers, sources: [{ file: '/p/Pump.cpp', text: source }] });
  return { ...told, remedies: told.diagnoses.map(({ remedy }) => remedy) };
}

/** With the remedies of the build's messages by themselves. */
export interface Told extends MissingInterface {
  readonly remedies: readonly string[];
}
