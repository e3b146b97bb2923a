import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { after, before, describe, it } from 'node:test';
import { readOptions } from '../../../src/terminal/options.ts';
import { runCommand, type TerminalWorld } from '../../../src/terminal/runCommand.ts';
import { fakeTarget, sampleOperation, sampleProject } from '../operations/fakeTarget.ts';
import { fakeRunner, output } from '../simulator/fakeRunner.ts';

const never = new AbortController().signal;

describe('doctor', () => {
  let project: string;
  before(async () => {
    project = await sampleProject();
  });
  after(() => rm(project, { recursive: true, force: true }));

  const operation = () => sampleOperation(project, fakeTarget({}));
  const host = fakeRunner(() => output({ stdout: '/usr/bin/make\n' }));
  const run = (world: Partial<TerminalWorld>, ...argv: readonly string[]) => {
    const unread = { readInput: async () => assert.fail(), readChunks: () => assert.fail(), systems: [] };
    return runCommand(readOptions(['doctor', ...argv]), { ...unread, operation, host, ...world }, never);
  };

  it('needs no project: its document has the target and each finding, with null for what there is none of', async () => {
    const world = { anyTarget: () => fakeTarget({}), operation: async () => assert.fail('asked for a project') };
    const { document, status, text } = await run(world, '--target', 'ssh:test-mac', '--project', tmpdir());
    assert.equal(status, 1);
    assert.deepEqual([document.target, document.simulated, document.reached], ['ssh:test-mac', false, true]);
    const findings = document.findings as readonly Record<string, unknown>[];
    for (const found of findings)
      assert.deepEqual(Object.keys(found), ['check', 'of', 'verdict', 'says', 'asked', 'fix', 'evidence']);
    assert.ok(!findings.some(({ check }) => check === 'architecture'));
    assert.equal(findings.find(({ verdict }) => verdict === 'good')?.fix, null);
    assert.match(text, /^test-mac\n/);
  });

  it('looks at the project that is there', async () => {
    const { document } = await run(
      { anyTarget: () => fakeTarget({}) },
      '--target',
      'ssh:test-mac',
      '--project',
      project,
    );
    const findings = document.findings as readonly { readonly check: string; readonly says: string }[];
    assert.match(findings.find(({ check }) => check === 'architecture')?.says ?? '', /not built yet/);
  });

  it('takes the Simulated Mac that lives with the project', async () => {
    const anyTarget = () => ({ ...fakeTarget({}), id: 'simulated', simulated: true, name: 'of nobody' });
    const { document } = await run({ anyTarget }, '--target', 'simulated', '--project', project);
    assert.equal(document.name, 'test-mac');
  });

  it('of no target at all says which there are', async () => {
    const problem = 'which target?';
    await assert.rejects(run({ anyTarget: () => ({ problem }) }), { name: 'UsageError', message: problem });
  });
});
