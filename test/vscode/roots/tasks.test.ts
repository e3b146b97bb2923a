import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationTarget, commands, extensions, type Task, tasks, type WorkspaceFolder, workspace } from 'vscode';
import { until } from '../../support/until.ts';
import { seenWindow } from '../window.ts';

const seen = seenWindow();
const type = 'kext';

type Name = 'x' | 'y';

/** The same in both folders, but for the labels. */
const written = (name: Name) => [
  { label: `build of ${name}`, type, action: 'build', project: `\${workspaceFolder}` },
  {
    label: `auto ${name}`,
    type,
    action: 'unload',
    project: `\${workspaceFolder}`,
    target: 'simulated',
    runOptions: { runOn: 'folderOpen' },
  },
  { label: `equal ${name}`, type, action: 'build', target: 'simulated' },
];

function folderNamed(name: Name): WorkspaceFolder {
  return workspace.workspaceFolders?.find(folder => folder.name === name) ?? assert.fail(name);
}

async function identifierOf(name: Name): Promise<string> {
  const text = await readFile(join(folderNamed(name).uri.fsPath, 'Info.plist'), 'utf8');
  return /<key>CFBundleIdentifier<\/key>\s*<string>([^<]*)/.exec(text)?.[1] ?? assert.fail(text);
}

function areBuilt(): boolean[] {
  return (['x', 'y'] as const).map(name => existsSync(join(folderNamed(name).uri.fsPath, 'build')));
}

async function task(name: string): Promise<Task> {
  const find = async () => (await tasks.fetchTasks({ type })).find(each => each.name === name);
  return (await until(`the task ${name}`, find, found => found !== undefined, 30_000)) ?? assert.fail();
}

function automatic(allowed: 'off' | undefined): Thenable<void> {
  return workspace.getConfiguration('task').update('allowAutomaticTasks', allowed, ConfigurationTarget.Global);
}

/** Starts a task; gives its exit code when it ends. */
async function start(name: string): Promise<{ readonly ended: Promise<number | undefined> }> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const listening = tasks.onDidEndTaskProcess(({ exitCode }) => {
    listening.dispose();
    resolve(exitCode);
  });
  await tasks.executeTask(await task(name));
  return { ended: promise };
}

async function exitCode(name: string): Promise<number | undefined> {
  return (await start(name)).ended;
}

describe('The tasks of a window with several folders', function () {
  this.timeout(180_000);

  before(async () => {
    await extensions.getExtension('kext-dev.kext-dev')?.activate();
    // VS Code starts what is to start by itself as soon as it is written down: here the tests do.
    await automatic('off');
    for (const name of ['x', 'y'] as const) {
      const folder = join(folderNamed(name).uri.fsPath, '.vscode');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'tasks.json'), JSON.stringify({ version: '2.0.0', tasks: written(name) }));
    }
    for (const name of ['x', 'y'] as const) await task(`auto ${name}`);
  });

  after(() => automatic(undefined));

  it('that have one definition work each on the kext of its folder, on its target', async () => {
    assert.deepEqual(areBuilt(), [false, false]);
    // y has no target.
    assert.equal(await exitCode('build of y'), 2);
    assert.deepEqual(areBuilt(), [false, false]);
    assert.equal(await exitCode('build of x'), 0);
    assert.deepEqual(areBuilt(), [true, false]);
  });

  it('are each asked about, where opening its folder starts it', async () => {
    for (const name of ['x', 'y'] as const) {
      const { ended } = await start(`auto ${name}`);
      if (seen !== undefined) {
        const asked = `Unload ${await identifierOf(name)}`;
        await commands.executeCommand('notifications.showList');
        await seen.readUntil('notifications', told => told.some(text => text.includes(asked)), 30_000);
      }
      const closing = async () => {
        await commands.executeCommand('notifications.clearAll');
        return Promise.race([ended, new Promise(resolve => setTimeout(resolve, 200, 'it waits'))]);
      };
      assert.equal(await until('the end of the task', closing, end => end !== 'it waits', 60_000), 130);
    }
  });

  it('that nothing tells apart are not guessed at', async () => {
    for (const name of ['x', 'y'] as const) assert.equal(await exitCode(`equal ${name}`), 2);
    assert.deepEqual(areBuilt(), [true, false]);
  });

  it('that are offered are each of its own folder', async () => {
    assert.equal(await exitCode(`build ${await identifierOf('y')}`), 2);
    assert.equal(await exitCode(`build ${await identifierOf('x')}`), 0);
    assert.deepEqual(areBuilt(), [true, false]);
  });
});
