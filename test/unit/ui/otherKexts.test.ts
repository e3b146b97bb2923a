import assert from 'node:assert/strict';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { LogOutputChannel } from 'vscode';
import type { OperationResult } from '../../../src/operations/operation.ts';
import { neighboursAmong } from '../../../src/operations/project/neighbour.ts';
import type { KextRecord } from '../../../src/operations/record/kextRecord.ts';
import { loadProblems } from '../../../src/ui/problems/foundProblems.ts';
import type { KextSession } from '../../../src/ui/session/kextSession.ts';
import type { SessionWorld } from '../../../src/ui/session/sessionWorld.ts';
import { stuckBadge } from '../../../src/ui/tree/stuckBadge.ts';
import { treeRows } from '../../../src/ui/tree/treeRows.ts';
import { memento } from '../../support/memento.ts';
import {
  fakeTarget,
  kextstatOf,
  type MemoryRecords,
  memoryRecords,
  sampleProject,
  turbine,
} from '../operations/fakeTarget.ts';
import { newUuid, oldUuid, verdict } from './views.ts';
import { shown } from './vscodeStandIn.ts';

const { KextSession: Session } = await import('../../../src/ui/session/kextSession.ts');
const { OperationQueue: Queue } = await import('../../../src/ui/work/operationQueue.ts');
const { BuildChoices } = await import('../../../src/ui/session/buildChoices.ts');
const { Onlookers } = await import('../../../src/ui/session/onlookers.ts');
const { onRow } = await import('../../../src/ui/tree/onRow.ts');

const [pump, rotor, valve] = ['Pump', 'Rotor', 'Valve'].map(name => turbine.replace('Turbine', name));
const refusal = verdict({ anchor: { file: '/p/Turbine.hpp', line: 3, column: 7 } });
const refused: OperationResult = {
  outcome: 'refused',
  diagnoses: [refusal],
  phases: [{ name: 'unloading', ms: 1, outcome: 'refused' }],
};
let target: ReturnType<typeof fakeTarget>;
let records: Map<string, MemoryRecords>;
let session: KextSession;
let world: SessionWorld;

before(async () => {
  shown.folder = await mkdtemp(join(tmpdir(), 'kext-dev-window-'));
  for (const name of [pump, rotor, valve]) {
    const folder = join(shown.folder, name ?? '');
    await rename(await sampleProject(), folder);
    const file = join(folder, 'Info.plist');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(turbine, name ?? ''));
  }
});
after(() => rm(shown.folder, { recursive: true }));

const log = { info: () => undefined, error: assert.fail } as unknown as LogOutputChannel;

function recordsOf(kext: string): MemoryRecords {
  const known = records.get(kext) ?? memoryRecords();
  records.set(kext, known);
  return known;
}

/** A window on the three kexts, of which the valve is not loaded; it shows that one. */
async function open(kext: string | undefined): Promise<void> {
  const onlookers = new Onlookers();
  onlookers.add(() => true);
  session = new Session({ world, memory: memento(), everywhere: memento(), log, onlookers });
  await turnTo(kext);
}

async function turnTo(kext = ''): Promise<void> {
  shown.activeFile = join(shown.folder, kext, 'Turbine.cpp');
  await session.refresh();
  assert.equal(session.view.own?.bundleIdentifier, kext);
}

beforeEach(async () => {
  records = new Map();
  target = fakeTarget({
    kextstat: [kextstatOf([pump ?? '', oldUuid], [rotor ?? '', newUuid], ['org.vendor.Base', newUuid])],
    ioclasscount: [{ stdout: 'IOService = 1\nTurbine = 1\nRotor = 1\n' }],
  });
  world = {
    firstTarget: target.id,
    targetNamed: id => ({ id, name: id, simulated: true }),
    builds: new BuildChoices(memento(), target.runner),
    open: async (project, targetId, kexts) => ({
      project,
      target: { ...target, id: targetId },
      host: target.runner,
      records: recordsOf(project.rememberedAs),
      recordsOf,
      neighbours: neighboursAmong(kexts, project, recordsOf),
      stateFiles: [],
    }),
    unnoticed: work => work(),
  } satisfies Partial<SessionWorld> as unknown as SessionWorld;
  await open(pump);
});

const rows = () =>
  treeRows(session.view).map(({ label, description = '' }) => `${label}: ${description.split(' · ')[0]}`);

describe('The kexts of a window that are not shown', () => {
  it('have rows as the shown one has, above other vendors’, and classes where they are loaded', () => {
    assert.deepEqual(rows().slice(1, 5), [
      'Pump: loaded',
      'Rotor: loaded',
      'Valve: not loaded',
      'org.vendor.Base: 1.0',
    ]);
    const [, , row] = treeRows(session.view);
    assert.deepEqual(
      [row?.context, row?.children?.slice(0, 2).map(({ label, description }) => `${label}: ${description}`)],
      ['kext.beside.loaded', ['Turbine: 1 live', 'Rotor: 1 live']],
    );
  });

  it('keep what was found of them in rows, badge and Problems, whichever is shown', async () => {
    const queue = new Queue(session, log);
    await queue.run({ title: 'Unload' }, async () => {
      const record: KextRecord = { bootTime: 1000, diagnoses: [refusal], refused: { uuid: oldUuid } };
      await recordsOf(pump ?? '').write(record);
      return refused;
    });
    for (const kext of [pump, rotor, valve]) {
      await turnTo(kext);
      assert.equal(stuckBadge(session.view)?.value, 1, kext);
      assert.ok(rows().includes('Pump: refused to unload'), rows().join('\n'));
      assert.equal(loadProblems(session.findings).length, 1);
    }
  });

  it('are as their records say in a window that has seen nothing of them', async () => {
    await recordsOf(rotor ?? '').write({ bootTime: 1000, diagnoses: [refusal], refused: { uuid: newUuid } });
    await open(pump);
    assert.equal(stuckBadge(session.view)?.value, 1);
    assert.ok(rows().includes('Rotor: refused to unload'), rows().join('\n'));
    assert.deepEqual(
      loadProblems(session.findings).map(({ ofAnother }) => ofAnother),
      [true],
    );
    await turnTo(rotor);
    assert.equal(stuckBadge(session.view)?.value, 1);
  });

  it('are what a command on their row is about, and the shown one stays shown', async () => {
    const queue = new Queue(session, log);
    const row = treeRows(session.view).find(({ kext }) => kext === rotor);
    await onRow(row, { session, world }, async (_, kext) => {
      const ran = await queue.run({ title: 'Unload', kext }, async () => refused);
      assert.deepEqual([ran?.kext.project.bundleIdentifier, ran?.kext.target.id], [rotor, target.id]);
    });
    assert.equal(session.view.own?.bundleIdentifier, pump);
    assert.ok(stuckBadge(session.view) !== undefined);
  });

  it('are the window’s own once it has turned to them, and nothing is done on a row that is gone', async () => {
    const row = treeRows(session.view).find(({ kext }) => kext === rotor);
    await turnTo(rotor);
    const meant: unknown[] = [];
    for (const each of [row, { ...row, ownKey: '/gone/Info.plist' }, { id: 'target' }, undefined])
      await onRow(each, { session, world }, async (_, kext) => void meant.push(kext));
    assert.deepEqual(meant, [undefined]);
  });

  it('leave a command on their row undone once they are gone, also where a single kext is left', async () => {
    const row = treeRows(session.view).find(({ kext }) => kext === rotor);
    const places = [rotor, valve].map(name => [join(shown.folder, name ?? ''), `${shown.folder}-${name}`] as const);
    for (const [place, aside] of places) await rename(place, aside);
    try {
      await onRow(row, { session, world }, async (_, kext) => {
        await assert.rejects(kext?.open() ?? assert.fail(), /^Error: Rotor is no kext of this window any more\.$/);
      });
    } finally {
      for (const [place, aside] of places) await rename(aside, place);
    }
  });
});
