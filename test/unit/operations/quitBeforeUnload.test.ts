import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { mayUnload, type UnloadChoice, type UnloadQuestion } from '../../../src/operations/unload/confirmUnload.ts';
import { noDependents } from '../../../src/operations/unload/dependents.ts';
import { quitProcesses } from '../../../src/operations/unload/quitProcesses.ts';
import { ProcessRunner } from '../../../src/targets/processRunner.ts';
import { userNumber } from '../../../src/tools/id.ts';
import { terminate } from '../../../src/tools/kill.ts';
import { UnknownToolText } from '../../../src/tools/port/toolErrors.ts';
import type { ToolOutput } from '../../../src/tools/port/toolOutput.ts';
import { isNamed, processOwner } from '../../../src/tools/processOwner.ts';
import { fakeRunner, output } from '../simulator/fakeRunner.ts';
import { emptyRegistry, fakeTarget, kextstatOf, sampleOperation, sampleProject, turbine } from './fakeTarget.ts';

const { signal } = new AbortController();
const client = { pid: 4711, name: 'turbinectl' };

/** A user client of the sample kext's, opened by that process. */
const opened = `<plist version="1.0"><array><dict><key>IOObjectClass</key><string>Rotor</string>
<key>IORegistryEntryID</key><integer>4294967552</integer><key>IORegistryEntryName</key><string>Rotor</string>
<key>IOUserClientCreator</key><string>pid ${client.pid}, ${client.name}</string></dict></array></plist>\n`;

interface Client {
  /** What ps says of the process of that number: its user and its name. */
  readonly runs?: string;
  /** How many looks at the registry it takes to quit, once it is asked to. */
  readonly takes?: number;
  /** What kill says. */
  readonly kill?: Partial<ToolOutput>;
}

/** A Mac whose user has the number 501, with the sample kext loaded and opened by a process. */
function macWith({ runs = `  501 ${client.name}\n`, takes = 0, kill = {} }: Client) {
  let asked = false;
  let looks = 0;
  const usual = fakeTarget({ kextstat: [kextstatOf([turbine, '11111111-2222-3333-4444-666666666666'])] });
  const isGone = () => asked && kill.exitCode === undefined && looks > takes;
  const answers: Readonly<Record<string, () => Partial<ToolOutput>>> = {
    'id -u': () => ({ stdout: '501\n' }),
    [`ps -p ${client.pid} -o uid=,ucomm=`]: () => ({ stdout: runs, exitCode: runs === '' ? 1 : 0 }),
    'ps -axo pid=,comm=': () => ({ stdout: `    1 /sbin/launchd\n ${client.pid} /usr/local/bin/${client.name}\n` }),
    ioclasscount: () => {
      if (asked) looks += 1;
      return { stdout: `Rotor = ${isGone() ? 0 : 1}\nTurbine = 0\n` };
    },
    'ioreg -a -i': () => emptyRegistry,
    'ioreg -a -i -r -c Rotor': () => ({ stdout: isGone() ? '' : opened }),
    [`kill -TERM ${client.pid}`]: () => {
      asked = true;
      return kill;
    },
  };
  const runner = fakeRunner(async command => {
    const answer = answers[[command.tool, ...command.argv].join(' ')];
    return answer === undefined ? usual.runner.run(command, signal) : output(answer());
  });
  return { ...usual, runner };
}

describe('Before an unload that is likely to be refused', () => {
  let folder: string;
  before(async () => {
    folder = await sampleProject();
  });
  after(() => rm(folder, { recursive: true }));

  /** Whether it may unload, where somebody gives these answers; what was asked, and how a process was asked to quit. */
  async function answered(mac: Client, ...answers: UnloadChoice[]) {
    const target = macWith(mac);
    const asked: UnloadQuestion[] = [];
    const askBeforeUnload = async (question: UnloadQuestion) => {
      asked.push(question);
      return answers.shift() ?? assert.fail('asked once too often');
    };
    const operation = { ...(await sampleOperation(folder, target)), askBeforeUnload };
    const may = await mayUnload(operation, noDependents, signal);
    const kills = target.runner.lines.filter(line => /\bkill\b/.test(line));
    return { may, asked, kills, pauses: target.pauses.length };
  }

  it('the process that has the driver open can be quit on a real target, and is gone before the unload', async () => {
    const { may, asked, kills, pauses } = await answered({ takes: 2 }, 'quit');
    assert.deepEqual([may, kills, pauses], [true, [`kill -TERM ${client.pid}`], 2]);
    assert.deepEqual(
      asked.map(({ canQuit, stayed }) => [canQuit, stayed]),
      [[true, []]],
    );
  });

  it('it is quit as root where it is somebody else’s', async () => {
    for (const owner of ['0', '502', '-2']) {
      const { may, kills } = await answered({ runs: `${owner} ${client.name}\n` }, 'quit');
      assert.deepEqual([may, kills], [true, [`sudo kill -TERM ${client.pid}`]], owner);
    }
  });

  it('where it stays somebody is asked once more, and told why: it is not asked to quit twice', async () => {
    const whyStayed = async (mac: Client) => {
      const { may, asked, kills } = await answered(mac, 'quit', 'cancel');
      assert.deepEqual([may, asked.map(({ canQuit }) => canQuit)], [false, [true, false]]);
      return [asked[1]?.stayed.join(), kills.length];
    };
    const who = `${client.name} (pid ${client.pid})`;
    assert.deepEqual(await whyStayed({ takes: 99 }), [`${who} was asked to quit, and has it open still.`, 1]);
    assert.deepEqual(await whyStayed({ kill: { exitCode: 1, stderr: 'kill: 4711: Operation not permitted\n' } }), [
      `${who} could not be asked to quit: kill: 4711: Operation not permitted`,
      1,
    ]);
    assert.deepEqual(await whyStayed({ runs: '  501 editor\n' }), [
      `pid ${client.pid} is editor, not ${client.name}: it was left alone.`,
      0,
    ]);
    assert.deepEqual(await whyStayed({ runs: `   88 ${client.name}\n` }), [
      `${who} is a service of the system: it was left alone.`,
      0,
    ]);
    assert.deepEqual(await whyStayed({ runs: '' }), [
      `${who} does not run any more; what it opened is still there.`,
      0,
    ]);
    const [why, kills] = await whyStayed({ runs: 'nobody knows' });
    assert.match(String(why), /expected the user and the name of one process$/);
    assert.equal(kills, 0);
  });

  it('it can be unloaded all the same then', async () => {
    assert.equal((await answered({ takes: 99 }, 'quit', 'unload')).may, true);
  });
});

describe('A process of this machine', () => {
  const target = { runner: new ProcessRunner() };

  it('quits where its number and its name are those that were seen, and is left alone where they are not', async () => {
    const child = spawn('sleep', ['60']);
    const pid = child.pid ?? assert.fail('it did not start');
    try {
      await once(child, 'spawn');
      const left = await quitProcesses(target, [{ pid, name: 'winchctl' }], signal);
      assert.equal(left.get(pid), `pid ${pid} is sleep, not winchctl: it was left alone.`);
      assert.deepEqual([child.exitCode, child.signalCode], [null, null]);
      const exited = once(child, 'exit');
      assert.deepEqual(await quitProcesses(target, [{ pid, name: 'sleep' }], signal), new Map());
      assert.deepEqual(await exited, [null, 'SIGTERM']);
    } finally {
      child.kill('SIGKILL');
    }
    const gone = await quitProcesses(target, [{ pid, name: 'sleep' }], signal);
    assert.match(gone.get(pid) ?? '', /does not run any more/);
  });
});

describe('Of a process', () => {
  it('the name is compared as far as the kernel keeps it', () => {
    const named = (name: string, known: string) => isNamed({ uid: 501, name }, known);
    assert.ok(named('winchctl', 'winchctl'));
    assert.ok(named('Bar Tool Helper ', 'Bar Tool Helper (Renderer)'));
    assert.ok(!named('winch', 'winchctl'));
    assert.ok(!named('winchctl', 'winch'));
  });

  it('the user and the name are read, and what is neither is no answer', () => {
    const read = (said: Partial<ToolOutput>) => processOwner(1).parse(output(said));
    assert.deepEqual(read({ stdout: '  501 Bar Tool\n' }), { uid: 501, name: 'Bar Tool' });
    assert.deepEqual(read({ stdout: '-2 x' }), { uid: -2, name: 'x' });
    assert.equal(read({ exitCode: 1 }), undefined);
    for (const said of [
      { stdout: '501\n' },
      { stdout: '1 a\n2 b\n' },
      { stderr: 'ps: ?', exitCode: 1 },
      { stdout: '' },
    ])
      assert.throws(() => read(said), UnknownToolText, JSON.stringify(said));
    assert.throws(() => userNumber().parse(output({ stdout: 'root\n' })), UnknownToolText);
  });

  it('none but a single one is quit', () => {
    for (const pid of [1, 0, -1, -4711, 1.5, Number.NaN]) assert.throws(() => terminate(pid, false), RangeError);
  });
});
