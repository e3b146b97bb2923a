import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { buildWhenStale } from './bundles.ts';
import { ensureTools } from './debianPackages.ts';
import { type NodeTests, runNodeTests } from './nodeTests.ts';
import { repositoryFolder } from './repository.ts';
import { addResults, capturesReadPrefix, capturesText, type Results } from './results.ts';
import { CannotGoOn, runScript } from './runScript.ts';
import { runVscodeSuites } from './runVscodeTests.ts';
import { stopped } from './stopped.ts';

interface Part {
  readonly name: string;
  run(signal: AbortSignal): Promise<Results>;
}

const parts: readonly Part[] = [
  check('types', 'typescript/bin/tsc'),
  check('lint and format', '@biomejs/biome/bin/biome', 'check'),
  tests('unit', { files: 'test/unit/**/*.test.ts', atOnce: 2 }),
  tests('rules', { files: 'test/rules/**/*.test.ts', atOnce: 2 }),
  tests('Simulated Mac', { files: 'test/simulated/**/*.test.ts', atOnce: 2 }),
  tests('SSH', { files: 'test/ssh/*.test.ts', atOnce: 1 }),
  tests('gallery', { files: 'test/gallery/*.test.ts', atOnce: 1 }),
  { name: 'VS Code', run: runVscodeSuites },
  ...(globSync('test/story/**/*.test.ts', { cwd: repositoryFolder }).length === 0
    ? []
    : [tests('story', { files: 'test/story/**/*.test.ts', atOnce: 1 })]),
];

/** `npm test`: every part runs, whatever another one says; the last line is the sum. */
await runScript(async () => {
  await ensureTools(['clang', 'lld', 'llvm', 'make', 'chromium', 'openssh-client', 'openssh-server']);
  await buildWhenStale();
  const abort = new AbortController();
  stopped().then(() => {
    abort.abort();
    setTimeout(() => process.exit(130), 3000).unref();
  });
  const results: Results[] = [];
  const durations: string[] = [];
  for (const part of parts) {
    if (abort.signal.aborted) break;
    console.log(`\n── ${part.name} ──`);
    const start = performance.now();
    results.push(await part.run(abort.signal).catch(died));
    durations.push(`${part.name} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
  if (results.length < parts.length) results.push({ passed: 0, failed: 1 });
  const { passed, failed, capturesRead } = addResults(results);
  console.log(
    `\n${durations.join(' · ')}\n${passed} passed, ${failed} failed; ${capturesReadPrefix}${capturesText(capturesRead)}`,
  );
  return failed > 0 ? 1 : 0;
});

/** A part that cannot run is a failure, and the others run all the same. */
function died(error: unknown): Results {
  console.error(error instanceof CannotGoOn ? error.message : error);
  return { passed: 0, failed: 1 };
}

function tests(name: string, what: NodeTests): Part {
  return { name, run: signal => runNodeTests(what, signal) };
}

/** A program that finds faults without running a test: its failure counts, its silence doesn't. */
function check(name: string, program: string, ...argv: readonly string[]): Part {
  const run = async () => {
    const child = spawn(process.execPath, [join(repositoryFolder, 'node_modules', program), ...argv], {
      cwd: repositoryFolder,
      stdio: 'inherit',
    });
    const [status] = (await once(child, 'exit')) as [number | null];
    return { passed: 0, failed: status === 0 ? 0 : 1 };
  };
  return { name, run };
}
