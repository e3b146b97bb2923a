import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { demoEdits } from '../support/demoEdits.ts';
import { packageExtension } from '../support/packageExtension.ts';
import { declarationOf, demoNames, readDemo, renameDemo, writeDemo } from '../support/renamedDemo.ts';
import { testFolder } from '../support/repository.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, testCacheHome } from '../support/simulatedBench.ts';
import { kextDevJson } from '../support/terminal.ts';
import { openWindow, type Window } from '../support/window.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
const shortName = names.bundleIdentifier.split('.').at(-1);
const cure = demoEdits.find(edit => edit.cures && /OSSafeReleaseNULL/.test(edit.name)) ?? assert.fail('no such edit');
const declared = declarationOf(names.engine, files);
const pictures = join(testFolder, 'story');

console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}, ${names.engine}, ${names.process}; cure: ${cure.name}`);

describe('The story of one leak, as a person sees it in VS Code', () => {
  let scratch: string;
  let folder: string;
  let state: string;
  let vsix: string;
  let window: Window;
  let firstBoot: number;

  const open = (trusted: boolean) =>
    openWindow({
      folder,
      vsix,
      trusted,
      userDataDir: join(scratch, 'user'),
      extensionsDir: join(scratch, 'extensions'),
      scale: 1,
      viewport: { width: 1400, height: 1400 },
      env: { XDG_CACHE_HOME: testCacheHome, KEXT_DEV_STATE: state },
    });
  const tree = () => window.treeRows('Loaded Kexts');
  const spoken = async () => (await tree()).map(row => row.spoken);
  const status = async () => (await window.statusItem('Kext Dev:')) ?? 'no status item';
  const problems = async () => (await window.problems()).filter(({ level }) => level === 2).map(each => each.spoken);
  const sees = (what: string, expected: RegExp) => window.until(what, status, text => expected.test(text), 60_000);
  const terminal = () => kextDevJson(['status', '--target', 'simulated', '--project', folder, '--state', state]);

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'kext-dev-story-'));
    folder = join(scratch, 'project');
    state = join(scratch, 'state');
    await writeDemo(files, folder);
    await mkdir(join(folder, '.vscode'));
    await writeDemo(new Map([['settings.json', '{ "kext.target": "simulated" }']]), join(folder, '.vscode'));
    await mkdir(pictures, { recursive: true });
    await prepareKernel();
    vsix = (await packageExtension(join(scratch, 'kext-dev.vsix'))).path;
    window = await open(false);
  });
  after(async () => {
    await window?.screenshot(join(pictures, 'end.png')).catch(() => undefined);
    await window?.close();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  });

  it('builds and runs nothing before the folder is trusted, and says so', async () => {
    await window.showContainer('Kexts');
    const words = () => window.page.locator('.part.sidebar').textContent();
    await window.until('the words of an untrusted folder', words, text => /before you trust it/.test(text ?? ''));
    const rows = await window.until('what the files say', spoken, all => all.includes(`Class ${names.engine}`));
    assert.ok(rows.includes(`${names.bundleIdentifier}, your kext, version 1.0.0, not trusted`), rows.join('\n'));
    await assert.rejects(stat(state), 'the Simulated Mac was started');
    await assert.rejects(stat(join(folder, 'build')), 'something was built');
  });

  it('shows the target once the folder is trusted', async () => {
    await window.grantTrust();
    await window.showContainer('Kexts');
    await sees('the kext, not loaded', new RegExp(`Simulated Mac · ${shortName} not loaded`));
    await window.until('the target', spoken, ([first = '']) => /^Target: Simulated Mac, macOS 10\.15/.test(first));
  });

  it('Reload Kext loads the build; the tree lists it with its UUID and live counts', async () => {
    await window.runCommand('Kext Dev: Reload Kext');
    await sees('the build running', new RegExp(`${shortName} 1\\.0\\.0 running`));
    const rows = await window.until('the counts', spoken, all => all.some(row => /^Binary/.test(row)));
    const own = rows.find(row => row.startsWith(`${names.bundleIdentifier},`));
    assert.equal(own, `${names.bundleIdentifier}, your kext, version 1.0.0, loaded`);
    assert.ok(rows.includes(`Class ${names.driver}: 1 live`), rows.join('\n'));
    assert.ok(rows.includes(`Class ${names.engine}: 1 live`), rows.join('\n'));
    assert.ok(rows.includes(`Class ${names.userClient}: 0 live`), rows.join('\n'));
    assert.ok(rows.includes(`Binary: ${builtUuid()}, this is the one that was built`), rows.join('\n'));
    assert.deepEqual(await problems(), []);
    firstBoot = (await terminal()).document.system.bootTime;
  });

  it('after the driver was used Reload Kext is refused, with an error on the declaration of the leaked class', async () => {
    await window.runCommand('Kext Dev: Simulated Mac: Use the Driver');
    await window.until('the end of the use', status, text => !/working/.test(text));
    await window.runCommand('Kext Dev: Reload Kext');
    await sees('the refusal', /refused to unload, restart needed/);
    const [leak, refusal, ...more] = await window.until('the Problems', problems, all => all.length >= 2);
    assert.deepEqual(more, []);
    assert.match(leak ?? '', new RegExp(`^Error: 1 instance of ${names.engine} is leaked`));
    assert.match(
      leak ?? '',
      new RegExp(`at line ${declared.line} and character 7\\. generated by kext · Simulated Mac`),
    );
    assert.match(leak ?? '', new RegExp(`ioclasscount: ${names.engine} = 1`));
    assert.match(refusal ?? '', /^Warning: .*stays in the kernel until the Simulated Mac restarts/);
    const heads = (await window.problems()).filter(({ level }) => level === 1).map(each => each.text);
    assert.ok(
      heads.some(head => head.startsWith(declared.file)),
      heads.join(),
    );
  });

  it('tree, badge, status item and notification agree with the Problem', async () => {
    const rows = await window.until('the leak', spoken, all => all.includes(`Class ${names.engine}: 1 leaked`));
    const own = rows.find(row => row.startsWith(`${names.bundleIdentifier},`));
    assert.match(own ?? '', /refused to unload · 1 instance · restart needed$/);
    const [badge] = await window.read('badge');
    assert.deepEqual(badge, {
      name: 'Kexts - 1 leaked instance: gone after a restart of the Simulated Mac',
      badge: '1',
    });
    const [toast] = await window.read('notifications');
    assert.match(toast ?? '', new RegExp(`${names.bundleIdentifier} was not unloaded: ${names.engine} is leaked\\.`));
    await window.screenshot(join(pictures, 'refused.png'));
  });

  it('the fix is built and waits for a restart; the Problem stays', async () => {
    await typeEdits();
    await window.runCommand('Kext Dev: Reload Kext');
    await sees('what is awaited', /refused to unload, waits for a restart/);
    const said = /, your kext, .*refused to unload · 1 instance · waiting for a restart$/;
    await window.until('the row of the kext', spoken, rows => rows.some(row => said.test(row)));
    const all = await window.until('the Problems', problems, seen => seen.length >= 3);
    assert.ok(
      all.some(text => text.startsWith(`Error: 1 instance of ${names.engine} is leaked`)),
      all.join('\n'),
    );
    assert.ok(
      all.some(text => /^Info: The new build of .* waits for a restart/.test(text)),
      all.join('\n'),
    );
    const differs = /^Binary: the loaded .* is not the built/;
    await window.until('the two binaries', spoken, rows => rows.some(row => differs.test(row)));
  });

  it('a restart of VS Code forgets nothing of that', async () => {
    await window.close();
    window = await open(true);
    await window.showContainer('Kexts');
    await sees('what is awaited', /waits for a restart/);
    const all = await window.until('the Problems', problems, seen => seen.length >= 3);
    assert.ok(
      all.some(text => text.startsWith(`Error: 1 instance of ${names.engine} is leaked`)),
      all.join('\n'),
    );
  });

  it('after the restart of the Simulated Mac one click finishes the reload', async () => {
    await window.runCommand('Kext Dev: Simulated Mac: Restart');
    await sees('that it can be finished', /finish the reload of/);
    assert.deepEqual(await window.until('no Problems', problems, all => all.length === 0), []);
    await window.page.locator('.statusbar-item', { hasText: 'finish the reload' }).click();
    await sees('the build running', new RegExp(`${shortName} 1\\.0\\.0 running`));
    const rows = await window.until('the counts', spoken, all => all.includes(`Class ${names.driver}: 1 live`));
    assert.ok(rows.includes(`Binary: ${builtUuid()}, this is the one that was built`), rows.join('\n'));
    assert.ok(!rows.some(row => /leaked|held/.test(row)), rows.join('\n'));
    assert.deepEqual(await problems(), []);
    assert.deepEqual(await window.read('badge'), []);
    assert.notEqual((await terminal()).document.system.bootTime, firstBoot);
  });

  it('used again, the kext unloads cleanly and is no longer listed', async () => {
    await window.runCommand('Kext Dev: Simulated Mac: Use the Driver');
    await window.until('the end of the use', status, text => !/working/.test(text));
    await window.runCommand('Kext Dev: Unload Kext');
    await sees('that nothing is loaded', /not loaded/);
    assert.deepEqual(await problems(), []);
    const { document } = await terminal();
    const listed = document.kexts.map((kext: { bundleIdentifier: string }) => kext.bundleIdentifier);
    assert.ok(!listed.includes(names.bundleIdentifier), listed.join());
  });

  /** The UUID of the product, by LLVM's own reader. */
  function builtUuid(): string {
    const executable = join(folder, 'build', `${names.executable}.kext`, 'Contents', 'MacOS', names.executable);
    const printed = execFileSync('llvm-dwarfdump', ['--uuid', executable], { encoding: 'utf8' });
    return /UUID: (\S+)/.exec(printed)?.[1] ?? assert.fail(printed);
  }

  /** Types the lines of the cure that differ, file by file, in the editor, and leaves them unsaved: Reload Kext saves. */
  async function typeEdits(): Promise<void> {
    for (const [name, text] of cure.apply(files)) {
      const before = await readFile(join(folder, name), 'utf8');
      if (before === text) continue;
      const [old, wanted] = [before.split('\n'), text.split('\n')];
      const first = old.findIndex((line, at) => line !== wanted[at]);
      const added = wanted.length - old.length;
      await window.openFile(name);
      await window.replaceLine(first + 1, wanted.slice(first, first + added + 1).join('\n'));
    }
  }
});
