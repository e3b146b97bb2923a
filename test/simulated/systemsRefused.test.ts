import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import type { OperationResult } from '../../src/operations/operation.ts';
import { planReload } from '../../src/operations/planReload.ts';
import type { Scenario } from '../../src/simulator/systems/simulatedSystem.ts';
import { demoEdits } from '../support/demoEdits.ts';
import { holdEdits } from '../support/holdEdits.ts';
import type { DemoFiles } from '../support/renamedDemo.ts';
import { prepareKernel, type SimulatedBench } from '../support/simulatedBench.ts';
import {
  causes,
  changed,
  drivers,
  files,
  leaking,
  listed,
  names,
  recordOf,
  reloadChanged,
  seed,
  withRunning,
} from './systemsSubject.ts';

before(() => prepareKernel());

/** What of a verdict has to be the same whoever relays the kernel's lines: all but the names of target and folder. */
function essence(bench: SimulatedBench, { diagnoses }: OperationResult): readonly unknown[] {
  const plain = (text: string) => text.replaceAll(bench.target.called, 'TARGET');
  return diagnoses.filter(isVerdict).map(each => ({
    ...each,
    message: plain(each.message),
    remedy: plain(each.remedy),
    evidence: each.evidence.map(({ text }) => text),
    anchor: each.anchor && { ...each.anchor, file: each.anchor.file.replace(bench.project, 'PROJECT') },
  }));
}

function isVerdict({ verdict }: Diagnosis): boolean {
  return verdict !== undefined;
}

/** Unloads a driver that was used, on that system. */
async function refusedOn(scenario: Scenario, demo: DemoFiles, process?: string): Promise<readonly unknown[]> {
  let verdicts: readonly unknown[] = [];
  await withRunning(scenario, demo, async bench => {
    assert.equal((await bench.exercise(process)).outcome, 'used');
    const result = await bench.unload();
    assert.equal(result.outcome, 'refused');
    verdicts = essence(bench, result);
    const whole = result.diagnoses.find(({ cause }) => cause === 'refused');
    const said = whole?.evidence.map(({ text }) => text) ?? [];
    const inUse = '(libkern/kext) kext is in use or retained (cannot unload)';
    if (scenario === 'macos-10.15') assert.deepEqual(said, [`Failed to unload ${names.bundleIdentifier} - ${inUse}.`]);
    else
      assert.ok(
        said.at(-1)?.startsWith(`Error Domain=KMErrorDomain Code=71 "Kernel request failed: ${inUse} (-603946984)"`),
      );
  });
  return verdicts;
}

const unmended = demoEdits.filter(({ cures }) => !cures);
const edited = unmended[seed % unmended.length] ?? assert.fail('every edit cures');
const unheld = holdEdits.filter(({ cures }) => !cures);
const heldEdit = unheld[seed % unheld.length] ?? assert.fail('every edit cures');

/** A driver that does not leave, the process that uses it, and its verdicts in short. */
const bugs = [
  { title: 'a leak', demo: leaking, process: undefined, verdict: 'leaked' },
  { title: `a leak after an edit: ${edited.name}`, demo: edited.apply(leaking), process: undefined, verdict: 'leaked' },
  { title: 'a hold', demo: files, process: names.staying, verdict: 'held' },
  {
    title: `a hold after an edit: ${heldEdit.name}`,
    demo: heldEdit.apply(files),
    process: names.staying,
    verdict: 'held',
  },
] as const;

describe('A refused unload has the same verdicts whether kextunload relays the kernel’s lines or only the log has them', () => {
  for (const { title, demo, process, verdict } of bugs) {
    it(title, async () => {
      const relayed = await refusedOn('macos-10.15', demo, process);
      assert.ok((relayed as readonly Diagnosis[]).some(each => each.verdict === verdict));
      for (const scenario of ['macos-13', 'macos-15'] as const)
        assert.deepEqual(await refusedOn(scenario, demo, process), relayed, scenario);
    });
  }
});

describe('After a refused unload on macOS 13', () => {
  it('it is remembered as refused, and a second one in the same minute counts its classes once', async () => {
    await withRunning('macos-13', leaking, async bench => {
      await bench.exercise();
      const first = await bench.unload();
      const second = await bench.unload();
      assert.deepEqual(essence(bench, second), essence(bench, first));
      assert.equal((await recordOf(bench))?.refused?.uuid, await listed(bench));
      const { notes } = await planReload(await bench.operation(), new AbortController().signal);
      assert.match(
        notes.join(),
        / If it is the same, its unload, which was refused since .* started, is tried again\.$/,
      );
    });
  });

  it('a mended build waits for approval and restart beside the verdict, and then leaves cleanly', async () => {
    await withRunning('macos-13', leaking, async bench => {
      await bench.exercise();
      assert.equal((await bench.reload()).outcome, 'refused');
      const old = await listed(bench);
      const mended = await reloadChanged(bench, files);
      assert.deepEqual(
        [mended.outcome, causes(mended)],
        ['waitingForApproval', ['leaked', 'refused', 'waitingForApproval']],
      );
      assert.equal(await listed(bench), old);
      await bench.approve();
      await bench.restart();
      const finished = await bench.finishReload();
      assert.deepEqual([finished.outcome, finished.diagnoses], ['loaded', []]);
      assert.equal((await bench.exercise()).outcome, 'used');
      assert.equal((await bench.unload()).outcome, 'unloaded');
    });
  });

  it('a build that does not link has that for its reason, and nothing of the unload', async () => {
    await withRunning('macos-13', leaking, async bench => {
      await bench.exercise();
      assert.equal((await bench.unload()).outcome, 'refused');
      const infoPlist = leaking.get('Info.plist') ?? '';
      const unknown = infoPlist.replace('com.apple.kpi.mach', 'com.apple.kpi.mac');
      const result = await reloadChanged(bench, changed(leaking).set('Info.plist', unknown));
      assert.equal(result.outcome, 'failed');
      const evidence = result.diagnoses.flatMap(each => each.evidence.map(({ text }) => text));
      assert.deepEqual(
        evidence.filter(text => /unload|instance/.test(text)),
        [],
      );
    });
  });
});

describe('On a Mac that keeps an unloaded kext', () => {
  it('no unload is refused: the driver is not even asked', async () => {
    await withRunning('macos-13-kept', leaking, async bench => {
      await bench.exercise();
      assert.equal((await bench.unload()).outcome, 'stillLoaded');
      assert.equal(await drivers(bench), 1);
    });
  });
});
