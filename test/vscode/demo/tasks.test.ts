import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  commands,
  type Diagnostic,
  languages,
  ProcessExecution,
  Task,
  TaskGroup,
  tasks,
  Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import { isRunning } from '../../support/isRunning.ts';
import { until } from '../../support/until.ts';

const [opened] = workspace.workspaceFolders ?? [];
assert.ok(opened);
const workspaceFolder: WorkspaceFolder = opened;
const folder = workspaceFolder.uri.fsPath;
const tasksFile = join(folder, '.vscode', 'tasks.json');
const type = 'kext';

/** Every task that stands in the folder's tasks.json while these tests run. */
const written = [
  { label: 'unknown action', type, action: 'frob' },
  { label: 'unknown target', type, action: 'build', target: 'mars' },
  { label: 'no kext there', type, action: 'build', project: '.vscode' },
  { label: 'on another Mac', type, action: 'reload', target: 'simulated:macos-13' },
  {
    label: 'in the background',
    type,
    action: 'build',
    project: '.',
    isBackground: true,
    problemMatcher: '$kext-clang',
  },
  { label: 'at folder open', type, action: 'unload', project: '.', runOptions: { runOn: 'folderOpen' } },
];

async function task(name: string): Promise<Task> {
  const find = async () => (await tasks.fetchTasks({ type })).find(each => each.name === name);
  return (await until(`the task ${name}`, find, found => found !== undefined, 20_000)) ?? assert.fail();
}

/** Starts a task; `ended` gives its exit code. */
async function start(which: Task): Promise<{ readonly ended: Promise<number | undefined>; terminate(): void }> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const listening = tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
    if (execution.task.name !== which.name || execution.task.source !== which.source) return;
    listening.dispose();
    resolve(exitCode);
  });
  const execution = await tasks.executeTask(which);
  return { ended: promise, terminate: () => execution.terminate() };
}

async function exitCode(name: string): Promise<number | undefined> {
  return (await start(await task(name))).ended;
}

function errors(file: string): readonly Diagnostic[] {
  return languages.getDiagnostics(Uri.file(join(folder, file))).filter(({ severity }) => severity === 0);
}

async function loadedInstances(): Promise<string[]> {
  const header = Uri.file(join(folder, 'WinchMotor.hpp'));
  await workspace.openTextDocument(header);
  const lenses = await commands.executeCommand<{ command?: { title: string } }[]>(
    'vscode.executeCodeLensProvider',
    header,
  );
  return lenses.map(({ command }) => command?.title ?? '');
}

describe('The tasks of a kext project', function () {
  // The first build may build the Simulated Mac's kernel as well.
  this.timeout(180_000);

  before(async () => {
    await mkdir(join(folder, '.vscode'), { recursive: true });
    await writeFile(tasksFile, JSON.stringify({ version: '2.0.0', tasks: written }));
    await task('at folder open');
  });
  after(() => rm(tasksFile, { force: true }));

  it('are the usual ones, two of them to build', async () => {
    const offered = (await tasks.fetchTasks({ type })).filter(({ source }) => source === 'kext');
    const names = offered.map(({ name }) => name);
    assert.deepEqual(names.filter(name => !written.some(({ label }) => label === name)).toSorted(), [
      'build',
      'install',
      'load',
      'reload',
      'uninstall',
      'unload',
    ]);
    const builds = offered.filter(({ group }) => group?.id === TaskGroup.Build.id).map(({ name }) => name);
    assert.deepEqual(builds.toSorted(), ['build', 'reload']);
  });

  it('build: 0', async () => {
    assert.equal(await exitCode('build'), 0);
  });

  it('build of a source that does not compile: 1, and its Problem', async () => {
    const file = join(folder, 'WinchMotor.hpp');
    const text = await readFile(file, 'utf8');
    await writeFile(file, `${text}\nint broken = wrench;\n`);
    try {
      assert.equal(await exitCode('build'), 1);
      assert.match(
        errors('WinchMotor.hpp')
          .map(({ message }) => message)
          .join('\n'),
        /wrench/,
      );
    } finally {
      await writeFile(file, text);
    }
    assert.equal(await exitCode('build'), 0);
    assert.deepEqual(errors('WinchMotor.hpp'), []);
  });

  it('reload: 0, and the views know', async () => {
    assert.equal(await exitCode('reload'), 0);
    assert.deepEqual(await loadedInstances(), ['1 live']);
  });

  it('on a target of their own leave the window’s alone', async () => {
    assert.equal(await exitCode('on another Mac'), 0);
    assert.deepEqual(await loadedInstances(), ['1 live']);
  });

  it('in the background end as the others do', async () => {
    assert.equal(await exitCode('in the background'), 0);
  });

  for (const name of ['unknown action', 'unknown target', 'no kext there'])
    it(`with a mistake (${name}) end with 2`, async () => {
      assert.equal(await exitCode(name), 2);
    });

  it('that opening the folder starts wait for an answer, and do nothing without one', async () => {
    const { ended } = await start(await task('at folder open'));
    const first = await Promise.race([ended, new Promise(resolve => setTimeout(resolve, 3000, 'it waits'))]);
    assert.equal(first, 'it waits');
    // The question may come later than this: what ends the task is that it was closed.
    const closing = async () => {
      await commands.executeCommand('notifications.clearAll');
      return Promise.race([ended, new Promise(resolve => setTimeout(resolve, 200, 'it waits'))]);
    };
    assert.equal(await until('the end of the task', closing, seen => seen !== 'it waits', 60_000), 130);
    assert.deepEqual(await loadedInstances(), ['1 live']);
  });

  it('unload that is refused: 1, and the Problem of the class', async () => {
    await commands.executeCommand('kext.simulated.exercise');
    assert.equal(await exitCode('unload'), 1);
    assert.match(
      errors('WinchMotor.hpp')
        .map(({ message }) => message)
        .join('\n'),
      /leaked/,
    );
    await commands.executeCommand('kext.simulated.restart');
    assert.deepEqual(errors('WinchMotor.hpp'), []);
  });

  it('that are ended while they build take the build with them', async () => {
    const makefile = join(folder, 'Makefile');
    const pidFile = join(folder, 'building.pid');
    const text = await readFile(makefile, 'utf8');
    await writeFile(makefile, 'all:\n\techo $$$$ >building.pid; exec sleep 300\n');
    try {
      const { ended, terminate } = await start(await task('build'));
      const readPid = async () => Number(await readFile(pidFile, 'utf8').catch(() => ''));
      const pid = await until('the pid of the build', readPid, seen => seen > 0, 60_000);
      assert.ok(await isRunning(pid));
      terminate();
      assert.notEqual(await ended, 0);
      await until(
        'the end of the build',
        () => isRunning(pid),
        running => !running,
      );
    } finally {
      await writeFile(makefile, text);
      await rm(pidFile, { force: true });
    }
    // Its turn is over: another one begins.
    assert.equal(await exitCode('build'), 0);
  });
});

describe('The problem matchers', () => {
  const refusal = `(kernel) Can't unload kext org.sample.driver.Turbine; classes have instances:
(kernel)     Kext org.sample.driver.Turbine class TurbineRotor2 has 1 instance.
(kernel)     Kext org.sample.driver.Turbine class TurbineBlade has 12 instances.
`;
  const build = `${folder}/WinchMotor.cpp:3:1: error: unknown type name 'wrench'\n`;

  async function found(matcher: string, text: string, expected: number): Promise<string[]> {
    // VS Code reads the last line of a program that ends at once or reads it not.
    const script = `process.stdout.write(${JSON.stringify(text)}); setTimeout(() => undefined, 1000)`;
    const printing = new ProcessExecution(process.execPath, ['-e', script]);
    const name = `prints for ${matcher}`;
    const before = allProblems();
    await (await start(new Task({ type: 'process' }, workspaceFolder, name, 'test', printing, [matcher]))).ended;
    const more = () => allProblems().filter(each => !before.includes(each));
    return (await until(`Problems of ${matcher}`, more, all => all.length >= expected)).toSorted();
  }

  function allProblems(): string[] {
    return languages
      .getDiagnostics()
      .flatMap(([uri, all]) =>
        all.map(({ message, range }) => `${uri.path.split('/').at(-1)}:${range.start.line + 1}: ${message}`),
      );
  }

  it('$kext-clang makes Problems of the lines of a user’s own build', async () => {
    assert.deepEqual(await found('$kext-clang', build, 1), ["WinchMotor.cpp:3: unknown type name 'wrench'"]);
  });

  it('$kext-kxld makes Problems of a refusal', async () => {
    assert.deepEqual(await found('$kext-kxld', refusal, 3), [
      "org.sample.driver.Turbine:1: Can't unload kext org.sample.driver.Turbine; classes have instances:",
      'org.sample.driver.Turbine:1: Kext org.sample.driver.Turbine class TurbineBlade has 12 instances.',
      'org.sample.driver.Turbine:1: Kext org.sample.driver.Turbine class TurbineRotor2 has 1 instance.',
    ]);
  });
});
