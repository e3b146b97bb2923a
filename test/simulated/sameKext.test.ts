import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { handedOn } from '../../src/operations/captures/heardOperation.ts';
import { findStaleCopies, removeStaleCopies } from '../../src/operations/install/staleCopies.ts';
import { installKext } from '../../src/operations/installKext.ts';
import { loadKext } from '../../src/operations/loadKext.ts';
import type { Operation, OperationResult } from '../../src/operations/operation.ts';
import { finishReload, reloadKext } from '../../src/operations/reload.ts';
import { uninstallKext } from '../../src/operations/uninstallKext.ts';
import { unloadKext } from '../../src/operations/unload.ts';
import type { ToolCommand } from '../../src/tools/port/toolCommand.ts';
import { writeDemo } from '../support/renamedDemo.ts';
import { benchOn, openBench, prepareKernel, type SimulatedBench } from '../support/simulatedBench.ts';
import { filledIn, writtenIdentifier } from './filledIn.ts';
import { files, listed, names, never } from './systemsSubject.ts';

type Step = (operation: Operation, signal: AbortSignal) => Promise<OperationResult>;

/** Every operation that looks at the target for the kext, or changes it. */
const steps: Readonly<Record<string, Step>> = {
  reload: reloadKext,
  'finish-reload': finishReload,
  install: installKext,
  load: loadKext,
  unload: unloadKext,
  uninstall: uninstallKext,
};

describe('Two checkouts of a kext whose identifier the build fills in, on one Mac', { timeout: 120_000 }, () => {
  let first: SimulatedBench;
  let second: SimulatedBench;
  let other: string;
  before(async () => {
    await prepareKernel();
    other = await mkdtemp(join(tmpdir(), 'kext-dev-checkout-'));
  });
  after(() => rm(other, { recursive: true, force: true }));
  beforeEach(async () => {
    first = await openBench(filledIn(files));
    const project = await mkdtemp(join(other, 'project-'));
    await writeDemo(filledIn(files), project);
    second = benchOn(project, first.state);
  });
  afterEach(() => first.remove());

  /** An operation on the second checkout that was opened before there was a product to tell the identifier, which lies there by now. */
  async function openedEarly(): Promise<Operation> {
    const operation = await second.operation();
    assert.equal(operation.project.bundleIdentifier, writtenIdentifier);
    await cp(join(first.project, 'build'), join(second.project, 'build'), { recursive: true });
    return operation;
  }

  /** The operation with a target that does nothing for a call until it is let go on; `holds`: which calls. */
  function heldAt(operation: Operation, holds: (command: ToolCommand<unknown>) => boolean) {
    const { promise: isHeld, resolve: held } = Promise.withResolvers<void>();
    const { promise: goOn, resolve: letGoOn } = Promise.withResolvers<void>();
    const { runner } = operation.target;
    const wait = async (commands: readonly ToolCommand<unknown>[], signal: AbortSignal) => {
      if (!commands.some(holds)) return;
      held();
      await Promise.race([goOn, new Promise(resolve => signal.addEventListener('abort', resolve))]);
    };
    const holding: typeof runner = {
      run: async (command, signal) => {
        await wait([command], signal);
        return runner.run(command, signal);
      },
      runTogether: async (commands, signal) => {
        await wait(commands, signal);
        return runner.runTogether(commands, signal);
      },
    };
    return { held: { ...operation, target: { ...handedOn(operation.target), runner: holding } }, isHeld, letGoOn };
  }

  it('have one operation at a time: each of the other one waits before it does anything to the kext', async () => {
    assert.equal((await first.reload()).outcome, 'loaded');
    const { held, isHeld, letGoOn } = heldAt(await first.operation(), ({ tool }) => tool === 'kextload');
    const reload = reloadKext({ ...held, doing: 'Reload' }, never);
    await isHeld;
    const early = await openedEarly();
    for (const [name, step] of Object.entries(steps)) {
      const stop = new AbortController();
      const behind: string[] = [];
      const offerReplace = (whom: string) => {
        behind.push(whom);
        stop.abort();
      };
      second.log.length = 0;
      assert.equal((await step({ ...early, offerReplace }, stop.signal)).outcome, 'cancelled', name);
      assert.deepEqual(behind, [`Reload, process ${process.pid}`], name);
      assert.doesNotMatch(second.log.join('\n'), /\$ (kextload|kextunload|tar|rm|mv|chown) /, name);
    }
    letGoOn();
    assert.equal((await reload).outcome, 'loaded');
    assert.equal((await unloadKext(early, never)).outcome, 'unloaded');
    assert.equal(await listed(first), undefined);
  });

  it('have one at a time where it is a sweep that removes', async () => {
    const { bundle } = await first.reload();
    const stale = '/Library/Extensions/Stale.kext';
    await cp(bundle?.folder ?? '', join(first.state, 'disk', stale), { recursive: true });
    const early = await openedEarly();
    const sweep = await findStaleCopies(early, never);
    const { held, isHeld, letGoOn } = heldAt(await first.operation(), ({ tool }) => tool === 'kextload');
    const reload = reloadKext({ ...held, doing: 'Reload' }, never);
    await isHeld;
    const stop = new AbortController();
    await assert.rejects(
      removeStaleCopies({ ...early, offerReplace: () => stop.abort() }, sweep, async () => true, stop.signal),
      { name: 'AbortError' },
    );
    assert.ok((await findStaleCopies(early, never)).copies.some(({ path }) => path === stale));
    letGoOn();
    await reload;
    assert.deepEqual(await removeStaleCopies(early, sweep, async () => true, never), [{ path: stale }]);
  });

  it('make way for each other, also once the identifier was learned on the way', async () => {
    assert.equal((await first.reload()).outcome, 'loaded');
    const { held, isHeld } = heldAt(await openedEarly(), ({ tool }) => tool === 'tar');
    const install = installKext({ ...held, doing: 'Install' }, never);
    await isHeld;
    const unload = unloadKext({ ...(await first.operation()), replaces: true }, never);
    assert.equal((await install).outcome, 'cancelled');
    assert.equal((await unload).outcome, 'unloaded');
    assert.equal(await first.target.working(names.bundleIdentifier), undefined);
  });
});
