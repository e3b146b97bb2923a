import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Scenario } from '../../src/simulator/systems/simulatedSystem.ts';
import { defaultScenario } from '../../src/simulator/systems/simulatedSystems.ts';
import { parseKextload } from '../../src/tools/kextload.ts';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { openBench, prepareKernel, type SimulatedBench } from '../support/simulatedBench.ts';
import { BrokenBundle } from './brokenBundle.ts';

export const seed = runSeed();
export const files = renameDemo(await readDemo(), seed);
export const names = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

export const id = names.bundleIdentifier;
export const path = `/private/tmp/kext-dev/${names.executable}.kext`;
const libraries = '<key>OSBundleLibraries</key>\n\t<dict>';

/** Edits of the built Info.plist. */
export const unmarked = [/\t<key>KextDevCrossBuilt<\/key>\n\t<true\/>\n/, ''] as const;
export const added = (key: string, value: string) => ['<dict>', `<dict>\n\t<key>${key}</key>\n\t${value}`] as const;
export const needing = (name: string, version: string) =>
  [libraries, `${libraries}\n\t\t<key>${name}</key>\n\t\t<string>${version}</string>`] as const;

const texts = {
  validation: 'validation failure (plist/executable)',
  authentication: 'authentication failure (file ownership/permissions)',
  dependencies: 'dependency resolution failure',
  architecture: 'requested architecture/executable not found',
  link: 'link error',
  different: 'different version/uuid already loaded',
} as const;

/** A bundle that was broken in one place, and the exact words in which it is refused. */
export interface Refused {
  readonly title: string;
  readonly break: (bundle: BrokenBundle) => Promise<unknown>;
  /** On the Simulated Mac's disk, once it is installed. */
  readonly installed?: (bundle: BrokenBundle) => Promise<unknown>;
  /** What kextload says before its last line. */
  readonly says: readonly string[];
  readonly end: keyof typeof texts;
  /** What kextutil -nt says about it, and its exit status. */
  readonly test: readonly string[];
  readonly status: number;
  readonly collected: Collected;
}

/** How kmutil refuses the same bundle where kexts come from a collection. */
export interface Collected {
  /** kmutil's own, which is its exit status as well. */
  readonly number: number;
  /** Its description of the error; a pattern where that names places in the code. */
  readonly says: (bundle: BrokenBundle) => string | RegExp;
  /** What the product makes of it: the message of its first diagnosis. */
  readonly told: RegExp;
}

/** A bundle that kernelmanagerd does not let in. */
export function notValid(
  bundle: BrokenBundle,
  problems: readonly string[],
  named: { id?: string; version?: string } = {},
): string {
  const { id: identifier = id, version = '1.0.0' } = named;
  const kext = `Kext ${identifier} v${version} in executable kext bundle ${identifier} at ${bundle.path}`;
  return `Validating extension failed: ${kext}:\n\n${problems.join('\n')}`;
}

/** kextutil's diagnostics with one finding. */
export function diagnosed(
  section: string,
  finding: string,
  ...values: readonly (string | undefined)[]
): readonly string[] {
  const shown = values.filter(value => value !== undefined).map(value => `        ${value}`);
  return [
    ...(section === 'Validation Failures' ? repeated(`${path} is invalid; can't resolve dependencies.`) : []),
    `Diagnostics for ${path}:`,
    `${section}: `,
    shown.length === 0 ? `    ${finding}` : `    ${finding}: `,
    ...shown,
  ];
}

/** kextutil looks for the libraries three times, and says so each time. */
export function repeated(line: string): readonly string[] {
  return [line, line, line];
}

export function linesOf(text: string): readonly string[] {
  return text.split('\n').filter(line => line !== '');
}

/** The last line of kextload. */
export function summary(end: keyof typeof texts): string {
  return `${path} failed to load - (libkern/kext) ${texts[end]}; check the system/kernel logs for errors or try kextutil(8).`;
}

/**
 * Builds the demo for a system before the tests of a suite or a file; what it gives makes a copy of the product to be
 * broken, with a fresh Mac of that system.
 */
export function builtDemo(scenario: Scenario = defaultScenario): () => Promise<BrokenBundle> {
  let bench: SimulatedBench;
  before(async () => {
    await prepareKernel();
    bench = await openBench(files, { scenario });
    const reloaded = await bench.reload();
    assert.ok(reloaded.bundle, JSON.stringify(reloaded.diagnoses));
  });
  after(() => bench.remove());
  return () => BrokenBundle.of(join(bench.project, 'build', `${names.executable}.kext`), bench, names, scenario);
}

/** One test for each: kextload and kextutil -nt refuse it in these words, and the parser understands them all. */
export function describeRefusals(subject: string, table: readonly Refused[], copy: () => Promise<BrokenBundle>): void {
  describe(subject, () => {
    for (const refused of table) {
      it(refused.title, async () => {
        await using bundle = await copy();
        await refused.break(bundle);
        await bundle.install();
        await refused.installed?.(bundle);
        const loaded = await bundle.run('kextload', path);
        assert.deepEqual(linesOf(loaded.stderr), [...refused.says, summary(refused.end)]);
        assert.equal(loaded.exitCode, 71);
        const tested = await bundle.run('kextutil', '-nt', path);
        const [notice, ...told] = linesOf(tested.stderr);
        assert.equal(notice, "Defaulting to kernel file '/System/Library/Kernels/kernel'");
        assert.deepEqual(told, refused.test);
        assert.equal(tested.exitCode, refused.status);
        for (const { stderr } of [loaded, tested]) assert.deepEqual(parseKextload(stderr).notUnderstood, []);
        assert.equal((await bundle.run('kextstat', '-l', '-b', id)).stdout, '');
      });
    }
  });
}
