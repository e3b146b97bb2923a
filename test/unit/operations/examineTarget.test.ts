import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { type DoctorReport, examineTarget } from '../../../src/operations/examineTarget.ts';
import type { KextProject } from '../../../src/operations/project/kextProject.ts';
import { doctorPage } from '../../../src/report/doctorPage.ts';
import { doctorStatus, doctorText } from '../../../src/report/doctorText.ts';
import { doctorCalls } from '../../../src/tools/doctorCalls.ts';
import { commandLine } from '../../../src/tools/port/toolCommand.ts';
import { TargetLost, ToolNotStarted } from '../../../src/tools/port/toolErrors.ts';
import { fakeRunner, output } from '../simulator/fakeRunner.ts';
import { fakeTarget, sampleOperation, sampleProject } from './fakeTarget.ts';

const never = new AbortController().signal;
const host = () =>
  fakeRunner(({ tool }) => output({ stdout: tool === 'which' ? '/usr/bin/make\n/usr/bin/clang\n' : `${tool} 1.0\n` }));

function verdicts({ findings }: DoctorReport): Readonly<Record<string, string>> {
  return Object.fromEntries(findings.map(({ check, verdict }) => [check, verdict]));
}

describe('A target that is examined', () => {
  let folder: string;
  let project: KextProject;
  before(async () => {
    folder = await sampleProject();
    project = (await sampleOperation(folder, fakeTarget({}))).project;
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is asked everything in one round trip, nothing as root, and over SSH a second one is timed that asks nothing', async () => {
    const target = fakeTarget({});
    await examineTarget({ target, host: host() }, never);
    assert.equal(target.runner.trips.length, 2);
    const [asked = [], timed] = target.runner.trips;
    for (const call of doctorCalls().map(commandLine)) assert.ok(asked.includes(call), call);
    for (const call of ['sw_vers', 'csrutil status']) assert.ok(asked.includes(call), call);
    assert.ok(asked.every(line => !line.startsWith('sudo') || line === 'sudo -n -l'));
    assert.deepEqual(timed, ['true']);
    const here = { ...fakeTarget({}), id: 'local' };
    await examineTarget({ target: here, host: host() }, never);
    assert.equal(here.runner.trips.length, 1);
  });

  it('asks this machine once, also for the program that builds the project', async () => {
    const runner = host();
    await examineTarget(
      { target: fakeTarget({}), host: runner, project: { ...project, buildCommand: ['cmake', '-B', 'x'] } },
      never,
    );
    assert.equal(runner.trips.length, 1);
    assert.match(runner.lines[0] ?? '', /^which make .*\bcmake$/);
  });

  it('has a verdict for each check, and one for the project where there is one', async () => {
    const report = await examineTarget({ target: fakeTarget({}), host: host(), project }, never);
    assert.deepEqual(verdicts(report), {
      ssh: 'good',
      macOS: 'good',
      tools: 'problem',
      architecture: 'unknown',
      SIP: 'good',
      'boot policy': 'good',
      'kext consent': 'good',
      sudo: 'good',
      disk: 'problem',
      clock: 'warning',
      keepsyms: 'unknown',
      KDK: 'warning',
      'build tools': 'good',
    });
    assert.equal(doctorStatus(report), 1);
  });

  it('that is not reached is a finding, and has a status of its own', async () => {
    const target = fakeTarget({ date: [new TargetLost('test-mac hung up.')] });
    const report = await examineTarget({ target, host: host() }, never);
    assert.equal(report.reached, false);
    assert.deepEqual(verdicts(report), { ssh: 'problem', 'build tools': 'good' });
    assert.match(doctorText(report), /test-mac hung up\./);
    assert.equal(doctorStatus(report), 3);
  });

  it('has no answer of a tool that did not run because of another one, and says why', async () => {
    const missing = new ToolNotStarted('clang++', 'no such program', true);
    const report = await examineTarget({ target: fakeTarget({ date: [missing] }), host: host() }, never);
    const clock = report.findings.find(({ check }) => check === 'clock');
    assert.deepEqual([clock?.verdict, clock?.evidence], ['unknown', ['clang++ was not found: no such program']]);
    assert.match(clock?.says ?? '', /^date did not run/);
  });

  it('ends at a cancel', async () => {
    await assert.rejects(examineTarget({ target: fakeTarget({}), host: host() }, AbortSignal.abort()), {
      name: 'AbortError',
    });
  });
});

describe('The report of a doctor', () => {
  const hostile = '# `x` | <b>&\n``` ~~~\n[a](command:b)';
  const examined = () => {
    const target = { ...fakeTarget({ csrutil: [{ stdout: `${hostile}\n` }] }), name: hostile };
    return examineTarget({ target, host: host() }, never);
  };

  it('as text has each check in a line with its verdict, what was asked, and what to do; what is good, no more', async () => {
    const report = await examined();
    const text = doctorText({ ...report, name: 'mini' });
    for (const { check, verdict, says, asked = '', fix } of report.findings) {
      assert.ok(text.includes(says) && text.includes(`asked: ${asked}`), check);
      assert.ok(fix === undefined || text.includes(`fix:   ${fix}`), check);
      assert.match(text, new RegExp(`^${verdict === 'unknown' ? 'not known' : verdict} +${check} `, 'm'));
    }
    assert.match(text, /\n2 problems, 3 warnings, 2 not known, 5 good$/);
  });

  it('as a page is Markdown that no word of a tool breaks', async () => {
    const page = doctorPage(await examined());
    const lines = page.split('\n');
    const parts = lines.filter(line => line.startsWith('## '));
    assert.deepEqual(parts, ['## ✗ Problems', '## ▲ Warnings', '## ? Not known', '## ✓ Good']);
    // What the tool said stands in a fence that is longer than any in it.
    assert.ok(lines.includes('````text'));
    const outside = page.replaceAll(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '');
    assert.doesNotMatch(outside, /^`{3}/m);
    assert.doesNotMatch(outside, /(?<!\\)<b>|(?<!\\)\[a\]|^# `/m);
    assert.match(lines[0] ?? '', /^# Doctor: \\# \\`x\\`/);
  });

  it('says of a Simulated Mac that it is one', async () => {
    const report = await examineTarget(
      { target: { ...fakeTarget({}), simulated: true, name: 'Simulated Mac', id: 'simulated' }, host: host() },
      never,
    );
    assert.match(doctorText(report), /^Simulated Mac\nSimulated: /);
    assert.match(doctorPage(report), /^# Doctor: Simulated Mac\n\nSimulated: /);
  });
});
