import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'node:test';
import type { LogOutputChannel } from 'vscode';
import { commandIds } from '../../../../src/ui/commands/commandIds.ts';
import type { KextCommands } from '../../../../src/ui/commands/kextCommands.ts';
import { PartNotRead } from '../../../../src/ui/work/readPart.ts';
import { until } from '../../../support/until.ts';
import { shown } from '../vscodeStandIn.ts';

const { registerCommands } = await import('../../../../src/ui/commands/registrations.ts');
const { commandFailureTeller } = await import('../../../../src/ui/work/failureTeller.ts');

/** What every command does in these tests. */
let work: () => unknown = () => undefined;

before(() => {
  const log = { error: () => undefined } as unknown as LogOutputChannel;
  const commands = Object.fromEntries(commandIds.map(id => [id, () => work()])) as unknown as KextCommands;
  registerCommands(async () => ({ commands }), commandFailureTeller(log));
});
beforeEach(() => {
  shown.told.length = 0;
});

function run(id: string): unknown {
  return (shown.commands.get(id) ?? assert.fail(`${id} is not registered`))();
}

async function isTold(text: string): Promise<void> {
  await until(
    text,
    () => shown.told.splice(0).join(),
    told => told === text,
  );
}

describe('A command that fails', () => {
  it('ends, whichever it is, and says why', async () => {
    for (const id of commandIds) {
      work = async () => {
        throw new Error(`${id} cannot`);
      };
      await run(id);
      await isTold(`${id} cannot`);
    }
  });

  it('says so, too, where it fails at once or its code is gone', async () => {
    work = () => {
      throw new Error('at once');
    };
    await run('kext.reload');
    await isTold('at once');
    work = () => Promise.reject(new PartNotRead('Reload the window.'));
    await run('kext.reload');
    await isTold('Reload the window.');
  });

  it('ends quietly where it was cancelled', async () => {
    work = () => Promise.reject(new DOMException('cancelled', 'AbortError'));
    await run('kext.findStaleCopies');
    await new Promise(resolve => setTimeout(resolve, 50));
    assert.deepEqual(shown.told, []);
  });

  it('gives what it gives where it does not fail', async () => {
    work = () => 7;
    assert.equal(await run('kext.refresh'), 7);
  });
});
