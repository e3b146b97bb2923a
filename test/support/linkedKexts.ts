import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadedKext } from '../../src/model/snapshot.ts';
import type { OperationResult } from '../../src/operations/operation.ts';
import { type DemoFiles, type DemoNames, demoNames, readDemo, renameDemo, writeDemo } from './renamedDemo.ts';
import { type BenchMac, benchOn, type SimulatedBench } from './simulatedBench.ts';

/** Copies of the demo that share no name, each linked against the one before it, and the first against none. */
export async function linkedKexts(count: number): Promise<readonly DemoFiles[]> {
  const demo = await readDemo();
  const kexts: DemoFiles[] = [];
  for (let at = 0; at < count; at += 1) {
    const before = kexts.at(-1);
    const own = asLibrary(renameDemo(demo, 71 + at));
    kexts.push(before === undefined ? own : linkedAgainst(own, demoNames(before).bundleIdentifier));
  }
  return kexts;
}

/** Others may link against it. */
function asLibrary(files: DemoFiles): DemoFiles {
  return withProperty(
    files,
    /<key>CFBundleVersion<\/key>/,
    '<key>OSBundleCompatibleVersion</key>\n\t<string>1.0.0</string>\n\t$&',
  );
}

/** The same kext, linked against another one. */
export function linkedAgainst(files: DemoFiles, library: string): DemoFiles {
  return withProperty(
    files,
    /(<key>OSBundleLibraries<\/key>\s*<dict>)/,
    `$1\n\t\t<key>${library}</key>\n\t\t<string>1.0.0</string>`,
  );
}

function withProperty(files: DemoFiles, place: RegExp, text: string): DemoFiles {
  const infoPlist = files.get('Info.plist') ?? '';
  const changed = infoPlist.replace(place, text);
  if (changed === infoPlist) throw new Error(`The demo's Info.plist has no ${place.source}.`);
  return new Map([...files, ['Info.plist', changed]]);
}

/** A kext of a workspace, with a bench that knows the other ones as a window does. */
export interface LinkedBench extends SimulatedBench, DemoNames {
  readonly files: DemoFiles;
}

/** Runs `work` on kexts of one workspace that share a fresh Simulated Mac; `strangers`: places of those that lie outside. */
export async function withLinkedKexts(
  kexts: readonly DemoFiles[],
  work: (benches: readonly LinkedBench[]) => Promise<void>,
  { strangers = [], ...mac }: BenchMac & { readonly strangers?: readonly number[] } = {},
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kext-dev-linked-'));
  const workspace = join(folder, 'workspace');
  try {
    const benches: LinkedBench[] = [];
    for (const [at, files] of kexts.entries()) {
      const names = demoNames(files);
      const project = join(strangers.includes(at) ? folder : workspace, names.executable);
      await writeDemo(files, project);
      const bench = benchOn(project, join(folder, 'state'), undefined, { ...mac, workspace });
      benches.push({ ...bench, ...names, files });
    }
    await work(benches);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Builds and loads them, the base first. */
export async function loadAll(benches: readonly LinkedBench[]): Promise<void> {
  for (const bench of benches) {
    const { outcome, diagnoses } = await bench.reload();
    assert.equal(outcome, 'loaded', JSON.stringify(diagnoses));
  }
}

/** What is loaded of each. */
export async function uuids(benches: readonly LinkedBench[]): Promise<readonly (string | undefined)[]> {
  const snapshot = await (benches[0] ?? assert.fail()).snapshot();
  return benches.map(({ bundleIdentifier }) => loadedKext(snapshot, bundleIdentifier)?.uuid);
}

/** `unloading b` for a phase on another kext, `loading` for one on the kext that was asked for. */
export function phasesOf({ phases }: OperationResult, benches: readonly LinkedBench[]): readonly string[] {
  const letter = (kext: string) => 'abc'[benches.findIndex(each => each.bundleIdentifier === kext)];
  return phases.map(({ name, kext, outcome }) => {
    const told = kext === undefined ? name : `${name} ${letter(kext)}`;
    return outcome === 'done' ? told : `${told}: ${outcome}`;
  });
}

/** The base, what is linked against it, and what is linked against that. */
export const three = (benches: readonly LinkedBench[]): readonly [LinkedBench, LinkedBench, LinkedBench] => {
  const [a, b, c] = benches;
  return [a ?? assert.fail(), b ?? assert.fail(), c ?? assert.fail()];
};
