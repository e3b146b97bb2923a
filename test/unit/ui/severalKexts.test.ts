import assert from 'node:assert/strict';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { LogOutputChannel } from 'vscode';
import type { Diagnosis } from '../../../src/diagnosis/diagnosis.ts';
import type { OperationResult } from '../../../src/operations/operation.ts';
import { buildProblems, loadProblems } from '../../../src/ui/problems/foundProblems.ts';
import type { KextSession } from '../../../src/ui/session/kextSession.ts';
import type { SessionWorld } from '../../../src/ui/session/sessionWorld.ts';
import { statusText } from '../../../src/ui/status/statusText.ts';
import type { OperationQueue, Work } from '../../../src/ui/work/operationQueue.ts';
import { memento } from '../../support/memento.ts';
import { until } from '../../support/until.ts';
import { fakeTarget, kextstatOf, memoryRecords, sampleProject, turbine } from '../operations/fakeTarget.ts';
import { finding, newUuid, oldUuid, verdict } from './views.ts';
import { shown } from './vscodeStandIn.ts';

const { KextSession: Session } = await import('../../../src/ui/session/kextSession.ts');
const { OperationQueue: Queue } = await import('../../../src/ui/work/operationQueue.ts');
const { tellEnding } = await import('../../../src/ui/work/tellEnding.ts');
const { BuildChoices } = await import('../../../src/ui/session/buildChoices.ts');
const { Onlookers } = await import('../../../src/ui/session/onlookers.ts');

const [pump, rotor] = [turbine.replace('Turbine', 'Pump'), turbine.replace('Turbine', 'Rotor')];
let session: KextSession;
let queue: OperationQueue;

before(async () => {
  shown.folder = await mkdtemp(join(tmpdir(), 'kext-dev-window-'));
  for (const name of [pump, rotor]) {
    const folder = join(shown.folder, name);
    await rename(await sampleProject(), folder);
    const file = join(folder, 'Info.plist');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(turbine, name));
  }
});
after(() => rm(shown.folder, { recursive: true }));

/** A window that has just opened, and its queue. */
function openWindow(): { readonly session: KextSession; readonly queue: OperationQueue } {
  const target = fakeTarget({ kextstat: [kextstatOf([pump, oldUuid], [rotor, newUuid])] });
  const memory = memento();
  const world = {
    firstTarget: target.id,
    targetNamed: id => ({ id, name: id, simulated: false }),
    builds: new BuildChoices(memory, target.runner),
    open: async (project, targetId) => {
      const records = memoryRecords();
      return {
        project,
        target: { ...target, id: targetId },
        host: target.runner,
        records,
        recordsOf: () => records,
        stateFiles: [],
      };
    },
    unnoticed: work => work(),
  } satisfies Partial<SessionWorld> as unknown as SessionWorld;
  const log = { info: () => undefined, error: assert.fail } as unknown as LogOutputChannel;
  const onlookers = new Onlookers();
  onlookers.add(() => true);
  const session = new Session({ world, memory, everywhere: memento(), log, onlookers });
  return { session, queue: new Queue(session, log) };
}

beforeEach(async () => {
  ({ session, queue } = openWindow());
  shown.told.length = 0;
  shown.activeFile = undefined;
  await session.refresh();
  await turnTo(pump);
});

async function turnTo(name: string): Promise<void> {
  shown.activeFile = join(shown.folder, name, 'Turbine.cpp');
  await session.followEditor();
  assert.equal(session.view.own?.bundleIdentifier, name);
}

/** An operation that builds until the test ends it. */
function slow(result: OperationResult): { readonly work: Work<OperationResult>; readonly end: () => void } {
  const { promise, resolve } = Promise.withResolvers<OperationResult>();
  const work: Work<OperationResult> = ({ progress }) => {
    progress('building');
    return promise;
  };
  return { work, end: () => resolve(result) };
}

async function isBuilding(): Promise<void> {
  await until(
    'the build',
    () => session.view.activity?.phase,
    phase => phase === 'building',
  );
}

function problems(): string[] {
  const found = [...loadProblems(session.findings), ...buildProblems(session.findings, () => [])];
  return found.map(({ text }) => text.split('\n')[0] ?? '');
}

function status(): string | undefined {
  return statusText(session.view)?.text;
}

const anchor = { file: '/p/Turbine.hpp', line: 3, column: 7 };
const error: Diagnosis = { ...finding('build', 'buildError', 'unknown type name'), anchor };
const leak = verdict({ anchor });
const failed: OperationResult = {
  outcome: 'failed',
  diagnoses: [error],
  phases: [{ name: 'building', ms: 1, outcome: 'failed' }],
};
const refused: OperationResult = {
  outcome: 'refused',
  diagnoses: [leak],
  phases: [{ name: 'unloading', ms: 1, outcome: 'refused' }],
};

describe('A window that turns to another kext while an operation runs', () => {
  it('says in the status item which one is worked on', async () => {
    const { work, end } = slow(failed);
    const ran = queue.run({ title: 'Build' }, work);
    await isBuilding();
    await turnTo(rotor);
    assert.equal(status(), '$(sync~spin) test-mac · Pump: building');
    end();
    await ran;
    assert.equal(status(), '$(chip) test-mac · Rotor loaded');
  });

  it('tells the end of the one that was worked on, and has its Problems', async () => {
    const { work, end } = slow(refused);
    const ran = queue.run({ title: 'Reload' }, work);
    await isBuilding();
    await turnTo(rotor);
    end();
    tellEnding('reload', await ran, session);
    assert.deepEqual(shown.told, [`${pump} was not unloaded: Rotor is leaked.`]);
    assert.deepEqual([problems(), session.view.diagnoses], [[leak.message], []]);
    await turnTo(pump);
    assert.deepEqual(
      [problems(), session.view.diagnoses.map(({ message }) => message)],
      [[leak.message], [leak.message]],
    );
  });

  it('loses nothing of a build that fails: it is told, is a Problem, and stays with its kext', async () => {
    const { work, end } = slow(failed);
    const ran = queue.run({ title: 'Build' }, work);
    await isBuilding();
    await turnTo(rotor);
    end();
    tellEnding('build', await ran, session);
    assert.deepEqual(shown.told, [`${pump} was not built: unknown type name.`]);
    assert.deepEqual([problems(), status()], [[error.message], '$(chip) test-mac · Rotor loaded']);
    await turnTo(pump);
    assert.deepEqual([problems(), status()], [[error.message], '$(error) test-mac · Pump does not build']);
  });

  it('leaves the Problems of one alone while another is built', async () => {
    await queue.run({ title: 'Build' }, async () => failed);
    await turnTo(rotor);
    await queue.run({ title: 'Build' }, async ({ progress }) => {
      progress('building');
      return { outcome: 'built', diagnoses: [], phases: [{ name: 'building', ms: 1, outcome: 'done' }] };
    });
    assert.deepEqual(problems(), [error.message]);
  });

  it('works on the kext for which an operation was asked, however long that waited', async () => {
    const { work, end } = slow(refused);
    const first = queue.run({ title: 'Unload' }, work);
    await isBuilding();
    const second = queue.run({ title: 'Load' }, async () => ({ outcome: 'loaded', diagnoses: [], phases: [] }));
    await turnTo(rotor);
    end();
    await first;
    assert.equal((await second)?.kext.project.bundleIdentifier, pump);
  });

  it('works on the target for which an operation was asked, whichever was selected meanwhile', async () => {
    const asked = session.operation?.target.id;
    const { work, end } = slow(refused);
    const first = queue.run({ title: 'Unload' }, work);
    await isBuilding();
    const second = queue.run({ title: 'Load' }, async () => ({ outcome: 'loaded', diagnoses: [], phases: [] }));
    await session.selectTarget('another-mac');
    end();
    await first;
    assert.equal((await second)?.kext.target.id, asked);
    assert.equal(session.operation?.target.id, 'another-mac');
  });
});

describe('A window in which no kext is selected', () => {
  async function run(): Promise<string | undefined> {
    shown.activeFile = undefined;
    const ran = await openWindow().queue.run({ title: 'Unload' }, async () => ({
      outcome: 'unloaded',
      diagnoses: [],
      phases: [],
    }));
    return ran?.kext.project.bundleIdentifier;
  }

  it('asks which one an operation is for', async () => {
    shown.picked = rotor;
    assert.equal(await run(), rotor);
  });

  it('does nothing and says nothing where the question is left', async () => {
    shown.picked = undefined;
    assert.deepEqual([await run(), shown.told], [undefined, []]);
  });
});

describe('A task on a kext that is not shown', () => {
  it('leaves its Problems', async () => {
    const kext = session.operation ?? assert.fail('no kext');
    await turnTo(rotor);
    const meant = { bundleIdentifier: pump, subject: pump, open: async () => kext };
    await queue.run({ title: 'Build', kext: meant }, async () => failed);
    assert.deepEqual([problems(), session.view.diagnoses], [[error.message], []]);
  });
});
