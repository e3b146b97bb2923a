import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { OperationResult } from '../../src/operations/operation.ts';
import { loadShelved } from '../../src/operations/shelf/loadShelved.ts';
import type { ShelvedReload } from '../../src/operations/shelf/shelf.ts';
import { readOptions } from '../../src/terminal/options.ts';
import { runCommand, type TerminalWorld } from '../../src/terminal/runCommand.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import {
  causes,
  changed,
  files,
  leaking,
  listed,
  names,
  never,
  recordOf,
  reloadChanged,
  withRunning,
} from './systemsSubject.ts';

before(() => prepareKernel());

async function shelfOf(bench: SimulatedBench): Promise<readonly ShelvedReload[]> {
  return (await (await bench.operation()).shelf?.reloads()) ?? assert.fail('no shelf');
}

async function load(bench: SimulatedBench, uuid: string | undefined): Promise<OperationResult> {
  const operation = await bench.operation();
  const shelved = (await operation.shelf?.shelved(uuid ?? '')) ?? assert.fail('not on the shelf');
  return loadShelved(operation, shelved, never);
}

const uuidOf = ({ bundle }: OperationResult) => bundle?.executable?.uuid;

describe('The shelf of a kext on the Simulated Mac', () => {
  it('has each reload that loaded, with what was alive then, how it went and what was said', async () => {
    await withBench(files, async bench => {
      const first = await bench.reload();
      await bench.reload();
      const second = await reloadChanged(bench, changed(files));
      const reloads = await shelfOf(bench);
      assert.deepEqual(
        reloads.map(({ uuid, outcome, proof }) => [uuid, outcome, proof?.kind]),
        [
          [uuidOf(second), 'loaded', 'uuid'],
          [uuidOf(first), 'loaded', 'sameCode'],
          [uuidOf(first), 'loaded', 'uuid'],
        ],
      );
      const [newest] = reloads;
      assert.equal(newest?.counts[names.driver], 1);
      assert.deepEqual(newest?.phases, second.phases);
      assert.deepEqual([newest?.target.id, newest?.commit], ['simulated', undefined]);
      const log = await readFile(newest?.log ?? '', 'utf8');
      for (const call of ['$ make', '$ sudo kextunload -b ', '$ sudo kextload ']) assert.ok(log.includes(call), call);
    });
  });

  it('has one that was refused, with the verdicts, and one that waits; not one that was not built', async () => {
    await withBench(leaking, async bench => {
      await bench.reload();
      await bench.exercise();
      await reloadChanged(bench, changed(leaking));
      const [refused] = await shelfOf(bench);
      assert.equal(refused?.outcome, 'refused');
      assert.ok(refused.diagnoses.some(({ verdict }) => verdict === 'leaked'));
      assert.ok(Object.values(refused.counts).some(count => count > 0));
      assert.equal((await bench.reload()).outcome, 'waitingForRestart');
      await writeFile(join(bench.project, 'kmod.c'), 'no C');
      assert.equal((await bench.reload()).outcome, 'failed');
      assert.deepEqual(
        (await shelfOf(bench)).map(({ outcome }) => outcome),
        ['waitingForRestart', 'refused', 'loaded'],
      );
    });
  });

  it('knows the commit that a build was made from', async () => {
    await withBench(files, async bench => {
      const git = (...argv: readonly string[]) =>
        execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...argv], {
          cwd: bench.project,
          encoding: 'utf8',
        });
      git('init', '-q');
      git('add', '.');
      git('commit', '-qm', 'first');
      const hash = git('rev-parse', 'HEAD').trim();
      await bench.reload();
      await reloadChanged(bench, changed(files));
      const commits = (await shelfOf(bench)).map(({ commit }) => commit);
      assert.deepEqual(commits, [
        { hash, dirty: true },
        { hash, dirty: false },
      ]);
    });
  });

  it('that cannot be written costs no reload, and is told', async () => {
    await withBench(files, async bench => {
      await bench.reload();
      const [kept] = await shelfOf(bench);
      const folder = join(kept?.folder ?? '', '..');
      await rm(folder, { recursive: true });
      await writeFile(folder, 'no folder');
      const { outcome, notShelved } = await bench.reload();
      assert.equal(outcome, 'loaded');
      assert.match(notShelved ?? '', /ENOTDIR|EEXIST/);
    });
  });

  it('is listed by the terminal, newest first', async () => {
    await withBench(files, async bench => {
      const world = { operation: () => bench.operation() } as unknown as TerminalWorld;
      const asked = () => runCommand(readOptions(['shelf', '--target', 'simulated']), world, never);
      const none = `No reload of ${names.bundleIdentifier} on the Simulated Mac is kept.`;
      assert.deepEqual([(await asked()).text, (await asked()).status], [none, 0]);
      const uuid = uuidOf(await bench.reload()) ?? '';
      const { document, text } = await asked();
      assert.match(
        text,
        new RegExp(`^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  \\S+  ${uuid.slice(-4)}  no commit  loaded  \\S`),
      );
      const [only, ...more] = document.reloads as readonly ShelvedReload[];
      assert.deepEqual([only?.uuid, only?.outcome, more], [uuid, 'loaded', []]);
    });
  });
});

describe('A build of the shelf', () => {
  it('is loaded in place of what runs, without a build, and proved by its UUID', async () => {
    await withBench(files, async bench => {
      const first = uuidOf(await bench.reload());
      await reloadChanged(bench, changed(files));
      const { outcome, proof, phases } = await load(bench, first);
      assert.deepEqual([outcome, proof?.kind, proof?.uuid], ['loaded', 'uuid', first]);
      assert.deepEqual(
        phases.map(({ name }) => name),
        ['unloading', 'installing', 'loading', 'verifying'],
      );
      assert.equal(await listed(bench), first);
      const [newest] = await shelfOf(bench);
      assert.deepEqual([newest?.uuid, newest?.fromShelf], [first, true]);
    });
  });

  it('that waits for a restart is what the restart finishes, although a newer build is there', async () => {
    await withRunning('macos-13', files, async bench => {
      const first = await listed(bench);
      const second = await reloadChanged(bench, changed(files));
      assert.equal(second.outcome, 'waitingForApproval');
      await bench.approve();
      await bench.restart();
      assert.equal((await bench.finishReload()).outcome, 'loaded');
      const back = await load(bench, first);
      assert.ok(['waitingForApproval', 'waitingForRestart'].includes(back.outcome), back.outcome);
      if (back.outcome === 'waitingForApproval') await bench.approve();
      await bench.restart();
      const finished = await bench.finishReload();
      assert.deepEqual([finished.outcome, causes(finished), finished.proof?.uuid], ['loaded', [], first]);
      assert.equal((await recordOf(bench))?.pending, undefined);
    });
  });

  it('that is damaged there is told, and nothing is unloaded', async () => {
    await withBench(files, async bench => {
      const first = uuidOf(await bench.reload());
      const [kept] = await shelfOf(bench);
      await chmod(kept?.bundle ?? '', 0o755);
      await rm(join(kept?.bundle ?? '', 'Contents', 'Info.plist'));
      const { outcome, diagnoses } = await load(bench, first);
      assert.equal(outcome, 'failed');
      assert.match(diagnoses[0]?.message ?? '', /on the shelf cannot be read\.$/);
      assert.equal(await listed(bench), first);
    });
  });
});
