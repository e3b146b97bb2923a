import { globSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { repositoryFolder } from './repository.ts';
import { addResults, type CapturesRead, capturesReadIn, type Results } from './results.ts';

const minutesPerFile = 8;

export interface NodeTests {
  /** Relative to the checkout. */
  readonly files: string;
  /** How many files run at once. */
  readonly atOnce: number;
}

/**
 * Runs test files of node:test, each in a process of its own, their report on stdout. What was skipped or left to do counts as
 * failed, and so does a file that reports no test, or ends before it reports, and a pattern that finds no file.
 */
export async function runNodeTests({ files, atOnce }: NodeTests, signal: AbortSignal): Promise<Results> {
  const found = globSync(files, { cwd: repositoryFolder });
  if (found.length === 0) {
    console.error(`${files}: no such test`);
    return { passed: 0, failed: 1 };
  }
  const timeout = minutesPerFile * 60_000;
  const stream = run({ cwd: repositoryFolder, files: found, concurrency: atOnce, timeout, signal });
  const byFile = new Map<string, Results>();
  stream.on('test:summary', ({ file, counts: { tests, passed } }) => {
    if (file !== undefined) byFile.set(file, { passed, failed: Math.max(tests - passed, tests === 0 ? 1 : 0) });
  });
  let capturesRead: CapturesRead | undefined;
  stream.on('test:diagnostic', ({ message }) => {
    capturesRead = capturesReadIn(message) ?? capturesRead;
  });
  for await (const text of stream.compose(spec())) process.stdout.write(String(text));
  const silent = found.length - byFile.size;
  return addResults([...byFile.values(), { passed: 0, failed: silent, ...(capturesRead && { capturesRead }) }]);
}
