import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Diagnosis } from '../../../src/diagnosis/diagnosis.ts';
import { scenarios } from '../../../src/simulator/systems/simulatedSystem.ts';
import { readOptions } from '../../../src/terminal/options.ts';
import { runCommand, type TerminalWorld } from '../../../src/terminal/runCommand.ts';
import { memoryRecords, sampleOperation, sampleProject, turbine } from '../operations/fakeTarget.ts';
import { buildSample, built, mortalTarget } from '../operations/mortalTarget.ts';

const never = new AbortController().signal;
const diagnosis: Diagnosis = {
  about: 'load',
  cause: 'panicked',
  severity: 'error',
  message: 'test-mac panicked: adrift. It has restarted.',
  evidence: [{ text: `${turbine}: Turbine::start` }],
  holders: [],
  remedy: 'Read the backtrace.',
  certainty: 'certain',
};

describe('The terminal, after the target panicked under a kext', () => {
  let folder: string;
  before(async () => {
    folder = await sampleProject();
    await buildSample(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function run(argv: readonly string[], confirm?: TerminalWorld['confirm']) {
    const records = memoryRecords();
    records.panic.current = { diagnosis, report: '/state/report.panic' };
    const mac = mortalTarget(undefined);
    const options = readOptions(argv);
    const answer = runCommand(
      options,
      {
        readInput: async () => assert.fail(),
        readChunks: () => assert.fail(),
        operation: async () => ({ ...(await sampleOperation(folder, mac, records)), afterPanic: options.afterPanic }),
        systems: scenarios,
        confirm,
      },
      never,
    );
    const loads = () => mac.lines.filter(line => line.includes('kextload')).length;
    return { answer, loads };
  }

  it('refuses a reload in one line where nobody can be asked', async () => {
    const { answer, loads } = await run(['reload']);
    await assert.rejects(answer, ({ message }: Error) => {
      assert.match(
        message,
        /^test-mac went down under the last operation on .*: test-mac panicked: adrift\..*--after-panic/,
      );
      return !message.includes('\n');
    });
    assert.equal(loads(), 0);
  });

  it('shows the panic and asks whoever sits there: a no does nothing', async () => {
    const shown: string[] = [];
    const { answer, loads } = await run(['reload'], async (...said) => {
      shown.push(said[0], said[1]);
      return false;
    });
    const { status, document } = await answer;
    assert.deepEqual([status, document.outcome, loads()], [130, 'cancelled', 0]);
    assert.equal(
      shown.join('\n'),
      [
        'error: test-mac panicked: adrift. It has restarted.',
        `    ${turbine}: Turbine::start`,
        '    Next: Read the backtrace.',
        'Panic report: /state/report.panic',
        'uninstall removes the installed copy.',
        'Reload anyway?',
      ].join('\n'),
    );
  });

  it('refuses a load likewise, and asks of it in its own words', async () => {
    const { answer, loads } = await run(['load']);
    await assert.rejects(answer, /test-mac panicked: adrift\..* load --after-panic loads it all the same; uninstall/);
    const questions: string[] = [];
    const asked = await run(['load'], async (_, question) => {
      questions.push(question);
      return false;
    });
    assert.deepEqual([(await asked.answer).status, questions], [130, ['Load anyway?']]);
    assert.deepEqual([loads(), asked.loads()], [0, 0]);
  });

  it('asks nothing of an install or a build: they load nothing', async () => {
    for (const command of ['install', 'build']) {
      const { answer } = await run([command], () => assert.fail('asks'));
      assert.equal((await answer).status, 0, command);
    }
  });

  for (const [how, argv, confirm] of [
    ['after a yes', ['reload'], async () => true],
    ['with --after-panic, unasked', ['reload', '--after-panic'], () => assert.fail('asks')],
    ['by a load with --after-panic', ['load', '--after-panic'], () => assert.fail('asks')],
  ] as const)
    it(`reloads ${how}`, async () => {
      const { answer, loads } = await run(argv, confirm);
      const { document } = await answer;
      assert.deepEqual([document.outcome, document.uuid, loads()], ['loaded', built, 1]);
    });

  it('tells the panic and where its report lies with the status', async () => {
    const { answer } = await run(['status']);
    const { document, text } = await answer;
    assert.equal(document.panicReport, '/state/report.panic');
    assert.match(text, /^error: test-mac panicked: adrift/m);
  });

  it('tells what was interrupted with the status', async () => {
    const records = memoryRecords();
    const since = Date.now();
    const entry = { doing: 'reload it', phase: 'loading', begun: since, since, bootTime: 1000, pid: 4711 } as const;
    records.journal.current = entry;
    const world = {
      readInput: async () => assert.fail(),
      readChunks: () => assert.fail(),
      operation: () => sampleOperation(folder, mortalTarget(undefined), records),
      systems: scenarios,
    };
    const { document, text } = await runCommand(readOptions(['status']), world, never);
    assert.deepEqual(document.interrupted, entry);
    assert.match(
      text,
      /^.*Info\.plist:\d+:\d+: warning: Reload it stopped while loading, at \d\d:\d\d: its process 4711 is gone\.$/m,
    );
  });
});
