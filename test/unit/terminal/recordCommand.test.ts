import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readOptions } from '../../../src/terminal/options.ts';
import { type Answer, runCommand, type TerminalWorld } from '../../../src/terminal/runCommand.ts';
import { fakeTarget, sampleOperation, sampleProject } from '../operations/fakeTarget.ts';

const never = new AbortController().signal;

describe('record DIR', () => {
  let root: string;
  let project: string;
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'kext-dev-record-'));
    project = await sampleProject();
  });
  after(async () => {
    for (const folder of [root, project]) await rm(folder, { recursive: true, force: true });
  });

  function run(
    argv: readonly string[],
    world: Partial<TerminalWorld> = {},
    signal: AbortSignal = never,
  ): Promise<Answer> {
    const operation = () =>
      sampleOperation(
        project,
        fakeTarget({ ps: [{ stdout: '  1 /Users/johnsmith/a\n' }], csrutil: [{ stdout: 'no status\n' }] }),
      );
    const known = {
      readInput: async () => assert.fail(),
      readChunks: () => assert.fail(),
      operation,
      systems: [],
      ...world,
    };
    return runCommand(readOptions(argv), known, signal);
  }

  const filesIn = (folder: string) => readdir(folder).catch(() => []);

  it('saves nothing where nobody can be asked, shows what it would, and says how: 2', async () => {
    const folder = join(root, 'nobody');
    const { text, status, document } = await run(['record', folder]);
    assert.equal(status, 2);
    assert.match(text, /^== csrutil status\n# \{.*\nno status$/m);
    assert.match(text, /Nothing was saved: .*--yes/);
    assert.match(text, /user +johnsmith +\w+ +(?:once|\d+ times)/);
    assert.equal(document.saved, false);
    assert.deepEqual(await filesIn(folder), []);
  });

  it('--yes saves without being asked: 0, and the document names each file and no original', async () => {
    const folder = join(root, 'yes');
    const { status, document, text } = await run(['record', folder, '--yes']);
    assert.equal(status, 0);
    const captures = document.captures as readonly Record<string, unknown>[];
    assert.deepEqual(
      captures.map(({ file }) => file),
      (await filesIn(folder)).toSorted(),
    );
    for (const capture of captures)
      assert.deepEqual(Object.keys(capture).toSorted(), [
        'argv',
        'bytes',
        'exitCode',
        'file',
        'notUnderstood',
        'origin',
        'replacements',
        'tool',
      ]);
    assert.doesNotMatch(JSON.stringify(document), /johnsmith|test-mac/);
    assert.match(text, /^Saved in .*: \d+ files/m);
  });

  it('asks in a terminal, showing everything first; a yes saves: 0, a no does not: 1', async () => {
    for (const [agreed, expected] of [
      [true, 0],
      [false, 1],
    ] as const) {
      const folder = join(root, String(agreed));
      let shown = '';
      const confirm = async (text: string) => {
        shown = text;
        return agreed;
      };
      const { status } = await run(['record', folder], { confirm });
      assert.equal(status, expected);
      assert.match(shown, /^== ps -axo pid=,comm=\n# \{"tool":"ps",.*\n {2}1 \/Users\/\w{9}\/a$/m);
      assert.match(shown, /user +johnsmith +\w+ +(?:once|\d+ times)/);
      assert.equal((await filesIn(folder)).length > 0, agreed);
    }
  });

  it('leaves nothing where it is cancelled while it reads, or in its reload: also with --yes', async () => {
    for (const [name, phase] of [
      ['reading', undefined],
      ['reloading', 'building'],
    ] as const) {
      const folder = join(root, name);
      const cancel = new AbortController();
      const operation = async () => ({
        ...(await sampleOperation(project, fakeTarget({}))),
        progress: (begun: string) => {
          if (begun === phase) cancel.abort();
        },
      });
      const opened = async () => {
        if (phase === undefined) cancel.abort();
        return operation();
      };
      await assert.rejects(run(['record', folder, '--reload', '--yes'], { operation: opened }, cancel.signal), {
        name: 'AbortError',
      });
      assert.deepEqual(await filesIn(folder), []);
    }
  });

  it('keeps the calls of a reload that a tool stopped whose words nobody understands, and says so', async () => {
    const folder = join(root, 'unknown');
    const system = { stdout: 'ProductName:\tmacOS\nProductVersion:\t27.0\nBuildVersion:\t26A1\n' };
    const target = fakeTarget({ sw_vers: [system, { stdout: 'what a Mac has never said\n' }] });
    const operation = () => sampleOperation(project, target);
    const { text, status, document } = await run(['record', folder, '--reload', '--yes'], { operation });
    assert.deepEqual([status, document.reload], [0, 'unknownText']);
    assert.match(text, /The reload: .*sw_vers[\s\S]*what a Mac has never said/);
    const last = (await filesIn(folder))
      .toSorted()
      .findLast(file => file.includes('sw-vers') || file.includes('sw_vers'));
    assert.match(await readFile(join(folder, last ?? ''), 'utf8'), /what a Mac has never said/);
  });

  it('refuses a folder that holds anything else, before it asks the target for anything', async () => {
    await writeFile(join(root, 'notes.md'), '');
    const operation = async () => assert.fail('asked for the target');
    await assert.rejects(run(['record', root, '--yes'], { operation }), { name: 'UsageError', message: /notes\.md/ });
  });

  it('--target local: this Mac where it is one; one line where it is none', async () => {
    const operation = async () => assert.fail('asked for another target');
    const readTarget = () => ({ ...fakeTarget({}), id: 'local' });
    const local = ['--target', 'local', '--yes', '--project', root];
    const { status, document } = await run(['record', join(root, 'local'), ...local], { operation, readTarget });
    assert.deepEqual([status, document.target], [0, 'local']);
    const problem = '--target local is the Mac that you sit at';
    await assert.rejects(
      run(['record', join(root, 'more'), ...local], { operation, readTarget: () => ({ problem }) }),
      {
        name: 'UsageError',
        message: problem,
      },
    );
  });

  it('parse of that folder says what was not understood, file by file: 1; 0 where all was', async () => {
    const folder = join(root, 'parsed');
    await run(['record', folder, '--yes']);
    // The fake target answers csrutil with something else, and with an archive where a tree is asked for.
    const { status, document, text } = await run(['parse', folder]);
    assert.equal(status, 1);
    const captures = document.captures as readonly {
      readonly tool: string;
      readonly notUnderstood: readonly unknown[];
    }[];
    const unknown = captures.filter(({ notUnderstood }) => notUnderstood.length > 0).map(({ tool }) => tool);
    assert.deepEqual([...new Set(unknown)], ['csrutil', 'ioreg']);
    assert.match(text, /csrutil.*: csrutil, 1 line not understood\n {2}line 1: no status/);
    for (const name of await filesIn(folder)) if (/csrutil|ioreg-w/.test(name)) await rm(join(folder, name));
    assert.equal((await run(['parse', folder])).status, 0);
  });

  it('parse of what is no folder of captures says what it takes', async () => {
    await assert.rejects(run(['parse', 'kextstat']), { name: 'UsageError', message: /parse kextstat, .* FILE/ });
    await assert.rejects(run(['parse', project]), { name: 'UsageError', message: /holds no capture/ });
    const folder = join(root, 'folders');
    await mkdir(join(folder, '001-ps.txt'), { recursive: true });
    await assert.rejects(run(['parse', folder]), {
      name: 'UsageError',
      message: /001-ps\.txt cannot be read \(EISDIR\)/,
    });
  });
});
