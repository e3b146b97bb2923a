import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { heardOperation } from '../../../../src/operations/captures/heardOperation.ts';
import type { Operation } from '../../../../src/operations/operation.ts';
import type { Runner } from '../../../../src/tools/port/runner.ts';
import type { ToolOutput } from '../../../../src/tools/port/toolOutput.ts';
import { output } from '../../simulator/fakeRunner.ts';
import { fakeTarget, sampleOperation, sampleProject } from '../fakeTarget.ts';

const never = new AbortController().signal;
const command = { tool: 'make', argv: ['-j4', 'a b'], asRoot: false, timeoutMs: 1, parse: () => undefined };
let folder: string;
let operation: Operation;

before(async () => {
  folder = await sampleProject();
  operation = await sampleOperation(folder, fakeTarget({ kextunload: [{ stderr: 'refused\n', exitCode: 3 }] }));
});
after(() => rm(folder, { recursive: true }));

/** What is heard of one call on this machine by a runner that says `pieces` while it runs. */
async function heardOf(answer: Partial<ToolOutput>, pieces: readonly string[]): Promise<string> {
  let text = '';
  const host: Runner = {
    run: async (_command, _signal, heard) => {
      for (const piece of pieces) heard?.(piece);
      return output(answer);
    },
    runTogether: () => assert.fail('asked for one alone'),
  };
  const heard = heardOperation({ ...operation, host }, piece => {
    text += piece;
  });
  assert.deepEqual(await heard.host.run(command, never), output(answer));
  return text;
}

describe('An operation that is heard', () => {
  it('tells what a build says as it comes, behind its command line', async () => {
    assert.equal(await heardOf({ stdout: 'ab\n' }, ['a', 'b\n']), "$ make -j4 'a b'\nab\n");
  });

  it('leaves it to whoever listens to the call, too', async () => {
    const host: Runner = {
      run: async (_command, _signal, heard) => {
        heard?.('a\n');
        return output({});
      },
      runTogether: () => assert.fail('asked for one alone'),
    };
    const heard: string[] = [];
    await heardOperation({ ...operation, host }, () => undefined).host.run(command, never, text => heard.push(text));
    assert.deepEqual(heard, ['a\n']);
  });

  it('tells it at the end where the runner has it only then, and ends the last line', async () => {
    assert.equal(await heardOf({ stdout: 'out\n', stderr: 'err' }, []), "$ make -j4 'a b'\nout\nerr\n");
    assert.equal(await heardOf({}, []), "$ make -j4 'a b'\n");
  });

  it('tells what changes a target, and not what only reads it', async () => {
    let text = '';
    const { target } = heardOperation(operation, piece => {
      text += piece;
    });
    await target.runner.run({ ...command, tool: 'kextstat', argv: [] }, never);
    await target.runner.run({ ...command, tool: 'kextunload', argv: [], asRoot: true }, never);
    assert.equal(text, '$ sudo kextunload\nrefused\n');
    assert.equal(target.called, 'test-mac');
  });

  it('tells of several that run together those that change the target, each behind its command line', async () => {
    let text = '';
    const { target } = heardOperation(operation, piece => {
      text += piece;
    });
    const asked = [
      { ...command, tool: 'kextstat', argv: [] },
      { ...command, tool: 'kextunload', argv: [], asRoot: true },
    ];
    const endings = await target.runner.runTogether(asked, never);
    assert.equal(endings.length, 2);
    assert.equal(text, '$ sudo kextunload\nrefused\n');
  });
});
