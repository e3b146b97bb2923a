import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Diagnosis } from '../../../src/diagnosis/diagnosis.ts';
import type { PhaseRecord } from '../../../src/operations/phases.ts';
import type { KextRecord } from '../../../src/operations/record/kextRecord.ts';
import { scenarios } from '../../../src/simulator/systems/simulatedSystem.ts';
import { defaultScenario } from '../../../src/simulator/systems/simulatedSystems.ts';
import { commands } from '../../../src/terminal/commands.ts';
import { operationCommands } from '../../../src/terminal/operationCommands.ts';
import { readOptions, UsageError } from '../../../src/terminal/options.ts';
import { type Answer, runCommand } from '../../../src/terminal/runCommand.ts';
import {
  type Answers,
  fakeTarget,
  kextstatOf,
  memoryRecords,
  sampleOperation,
  sampleProject,
  turbine,
} from '../operations/fakeTarget.ts';
import { capture } from '../tools/captures.ts';

const never = new AbortController().signal;
const uuid = 'AAAAAAAA-0000-0000-0000-000000000000';

describe('A command without a target', () => {
  const run = (texts: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<Answer> => {
    const readInput = async (file: string) => texts[file] ?? assert.fail(`asked for ${file}`);
    async function* readChunks(file: string) {
      for (const line of (await readInput(file)).split(/(?<=\n)/)) yield line;
    }
    const operation = async () => assert.fail('asked for a target');
    return runCommand(readOptions(argv), { readInput, readChunks, operation, systems: scenarios }, never);
  };

  it('parse: the records as JSON and as lines, 0', async () => {
    const { document, text, status } = await run({ f: capture('kextstat-10.15') }, 'parse', 'kextstat', 'f');
    assert.equal(status, 0);
    const records = document.records as readonly Record<string, unknown>[];
    assert.equal(text.split('\n').length, records.length);
    assert.deepEqual(
      text.split('\n').map(line => JSON.parse(line)),
      records,
    );
    assert.deepEqual(document.notUnderstood, []);
  });

  it('parse of what it does not understand: each such line, 1', async () => {
    const { document, text, status } = await run({ '-': 'no class\nA = 1\n' }, 'parse', 'ioclasscount', '-');
    assert.equal(status, 1);
    assert.deepEqual(document.notUnderstood, [{ line: 1, text: 'no class' }]);
    assert.ok(text.endsWith('not understood, line 1: no class'));
  });

  it('diagnose: outcome, kext and verdicts; 1 for a refusal and 0 for a clean unload', async () => {
    const refused = await run({ f: capture('kextunload-in-use') }, 'diagnose', '--unload', 'f');
    assert.equal(refused.status, 1);
    assert.deepEqual([refused.document.outcome, refused.document.bundleIdentifier], ['refused', turbine]);
    const clean = await run({ f: capture('kextunload-v-unloaded') }, 'diagnose', '--unload', 'f');
    assert.deepEqual([clean.status, clean.document.diagnoses, clean.text], [0, [], 'unloaded']);
  });

  it('diagnose of a log: with what the tool printed, or alone', async () => {
    const texts = {
      log: capture('log-default'),
      said: 'Executing: /usr/bin/kmutil unload -b org.sample.driver.Turbine\n',
    };
    for (const argv of [
      ['--log', 'log'],
      ['--unload', 'said', '--log', 'log'],
      ['--load', 'log'],
    ]) {
      const { document, status } = await run(texts, 'diagnose', ...argv);
      assert.deepEqual([status, document.outcome, document.bundleIdentifier], [1, 'refused', turbine]);
    }
    await assert.rejects(run(texts, 'diagnose'), { name: 'UsageError', message: /--unload FILE.*--log FILE/ });
  });

  it('diagnose of nothing it knows: unknown, 1, and no kext', async () => {
    const { document, status } = await run({ f: 'hello\n' }, 'diagnose', '--unload', 'f');
    assert.deepEqual([status, document.outcome, document.bundleIdentifier], [1, 'unknown', null]);
  });

  it('of a name that is none: says so', async () => {
    for (const name of ['frob', 'constructor', '__proto__']) {
      await assert.rejects(async () => run({}, name), {
        name: 'UsageError',
        message: `there is no command ${name}; there are: ${[...commands.keys()].join(', ')}`,
      });
    }
  });

  it('parse of a tool that is none: says so', async () => {
    for (const name of ['frob', 'constructor', '__proto__']) {
      await assert.rejects(run({}, 'parse', name, 'f'), { name: 'UsageError', message: /^parse \S+ is not there yet/ });
    }
  });

  it('help: every command that can be run, in a line each, 0', async () => {
    const { document, text, status } = await run({}, '--help');
    assert.equal(status, 0);
    for (const [name, { does }] of commands) {
      assert.match(text, new RegExp(`^  ${name}\\b.* {2}${does}$`, 'm'));
    }
    for (const name of [...Object.keys(operationCommands), 'status']) assert.ok(commands.has(name), name);
    assert.ok(text.split('\n').every(line => line.length <= 120));
    assert.deepEqual(document, { usage: text.split('\n') });
  });

  it('help names every system of the Simulated Mac, the one without a name first', async () => {
    const { text } = await run({}, '--help');
    assert.ok(text.includes(`SYSTEM is one of ${scenarios.join(', ')}; without one, the first.`), text);
    assert.equal(scenarios[0], defaultScenario);
  });
});

describe('A command on a target', () => {
  let folder: string;
  before(async () => {
    folder = await sampleProject();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const run = (answers: Answers, ...argv: readonly string[]) => runKnowing(undefined, answers, ...argv);

  async function runKnowing(
    record: KextRecord | undefined,
    answers: Answers,
    ...argv: readonly string[]
  ): Promise<Answer> {
    const records = memoryRecords(record);
    const operation = () => sampleOperation(folder, fakeTarget(answers), records);
    return runCommand(
      readOptions(argv),
      { readInput: async () => assert.fail(), readChunks: () => assert.fail(), operation, systems: scenarios },
      never,
    );
  }

  it('status: the kexts, and the own one’s classes with their instances', async () => {
    const { document, text, status } = await run(
      { kextstat: [kextstatOf([turbine, uuid])], ioclasscount: [{ stdout: 'Turbine = 1\n' }] },
      'status',
    );
    assert.equal(status, 0);
    assert.equal(text, `test-mac · macOS 10.15.7\n${turbine} 1.0 ${uuid}\n  Turbine: 1\n  Rotor: not registered`);
    const [, kext] = document.kexts as readonly { classes?: unknown; refused?: unknown; address: string }[];
    assert.deepEqual(kext?.classes, [
      { name: 'Turbine', instances: 1 },
      { name: 'Rotor', instances: null },
    ]);
    assert.deepEqual([kext?.refused, kext?.address], [false, '0xffffff7f80100000']);
  });

  it('status of a Mac with nothing of one’s own', async () => {
    assert.equal((await run({}, 'status')).text, "test-mac · macOS 10.15.7\nNothing is loaded but Apple's 1 kexts.");
  });

  describe('status of a kext whose unload was refused', () => {
    const verdict: Diagnosis = {
      about: 'unload',
      cause: 'leaked',
      severity: 'error',
      message: '1 instance of Rotor is leaked.',
      evidence: [],
      holders: [],
      remedy: 'Release it.',
      certainty: 'certain',
    };
    const refused: KextRecord = { bootTime: 1000, diagnoses: [verdict], refused: { uuid } };
    const loaded = { kextstat: [kextstatOf([turbine, uuid])] };
    const own = ({ document }: Answer) => (document.kexts as readonly { refused?: boolean }[])[1];
    const causes = ({ document }: Answer) =>
      (document.diagnoses as readonly { cause: string }[]).map(each => each.cause);

    it('says so, and why', async () => {
      const answer = await runKnowing(refused, loaded, 'status');
      assert.equal(answer.status, 0);
      assert.deepEqual([own(answer)?.refused, causes(answer), answer.document.waiting], [true, ['leaked'], undefined]);
      assert.ok(
        answer.text.endsWith(
          'error: 1 instance of Rotor is leaked.\n    Next: Release it.\n' +
            `${turbine} was terminated, and stays loaded until test-mac restarts.`,
        ),
        answer.text,
      );
    });

    it('and of which a build is ready: what it waits for', async () => {
      const pending = { uuid: 'BBBBBBBB-0000-0000-0000-000000000000', bundle: '/p/build/Turbine.kext' };
      const waiting = await runKnowing({ ...refused, pending }, loaded, 'status');
      assert.deepEqual([waiting.document.waiting, causes(waiting)], ['restart', ['leaked', 'waitingForRestart']]);
      assert.ok(waiting.text.endsWith('\nWaiting for a restart.'));
      const restarted = await runKnowing({ ...refused, bootTime: 900, pending }, loaded, 'status');
      assert.deepEqual([own(restarted)?.refused, restarted.document.waiting, causes(restarted)], [false, 'finish', []]);
      assert.ok(restarted.text.endsWith('\nThe reload can be finished: reload again.'));
    });

    it('says nothing of it once the kext is gone', async () => {
      const answer = await runKnowing(refused, {}, 'status');
      assert.deepEqual(causes(answer), []);
      assert.doesNotMatch(answer.text, /Rotor/);
    });
  });

  it('build: a phase, and what the build said', async () => {
    const { document, status } = await run({}, 'build');
    assert.deepEqual([document.outcome, status], ['failed', 1]);
    assert.deepEqual(
      (document.phases as readonly PhaseRecord[]).map(({ name, outcome }) => [name, outcome]),
      [['building', 'failed']],
    );
  });

  it('unload: phases, outcome and diagnoses, with paths relative to the project', async () => {
    const stderr = `(kernel) Can't unload kext ${turbine}; classes have instances:\n(kernel)     Kext ${turbine} class Rotor has 1 instance.\nFailed to unload ${turbine} - (libkern/kext) kext is in use or retained (cannot unload).\n`;
    const { document, text, status } = await run(
      {
        kextunload: [{ stderr, exitCode: 3 }],
        kextstat: [kextstatOf([turbine, uuid])],
        ioclasscount: [{ stdout: 'Rotor = 1\n' }],
      },
      'unload',
    );
    assert.equal(status, 1);
    assert.deepEqual([document.target, document.outcome], ['ssh:test-mac', 'refused']);
    const [leak] = document.diagnoses as readonly { anchor?: { file: string; line: number } }[];
    assert.deepEqual([leak?.anchor?.file, leak?.anchor?.line], ['Turbine.hpp', 7]);
    assert.match(text, /^Turbine\.hpp:7:7: error: 1 instance of Rotor is leaked/);
    assert.ok(text.endsWith(`${turbine} was not unloaded from test-mac: refused.`));
  });

  it('of the Simulated Mac alone: says so on another', async () => {
    for (const name of ['restart', 'exercise', 'reset']) {
      await assert.rejects(run({}, name), error => {
        assert.ok(error instanceof UsageError);
        assert.equal(error.message, 'only the Simulated Mac can do that: --target simulated');
        return true;
      });
    }
  });
});
