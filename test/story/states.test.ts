import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { packageExtension } from '../support/packageExtension.ts';
import { demoNames, readDemo, renameDemo, writeDemo } from '../support/renamedDemo.ts';
import { testFolder } from '../support/repository.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, testCacheHome } from '../support/simulatedBench.ts';
import { kextDev, kextDevJson } from '../support/terminal.ts';
import { openWindow, type Window } from '../support/window.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
const shortName = names.bundleIdentifier.split('.').at(-1);
const pictures = join(testFolder, 'story');
const simulatedTarget = '"kext.target": "simulated"';

console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}, ${names.engine}`);

describe('What VS Code shows when things change behind its back, or are wrong', () => {
  let scratch: string;
  let folder: string;
  let state: string;
  let window: Window;

  const tree = () => window.treeRows('Loaded Kexts');
  const spoken = async () => (await tree()).map(row => row.spoken);
  const ownRow = async () => (await spoken()).find(row => row.startsWith(`${names.bundleIdentifier},`)) ?? '';
  const status = async () => (await window.statusItem('Kext Dev:')) ?? 'no status item';
  const problems = async () => (await window.problems()).filter(({ level }) => level === 2).map(each => each.spoken);
  const sideBar = async () => (await window.read('sidebar')).join('\n');
  const sees = (what: string, expected: RegExp) => window.until(what, status, text => expected.test(text), 20_000);
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  const settings = (...lines: readonly string[]) => write('.vscode/settings.json', `{ ${lines.join(', ')} }\n`);
  const place = () => ['--target', 'simulated', '--project', folder, '--state', state];
  const bootTime = async () => (await kextDevJson(['status', ...place()])).document.system.bootTime;
  const inTerminal = async (command: string) => {
    const { status: code, stderr } = await kextDev([command, ...place()]);
    assert.equal(code, 0, stderr);
  };

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'kext-dev-states-'));
    folder = join(scratch, 'project');
    state = join(scratch, 'state');
    await writeDemo(files, folder);
    await mkdir(join(folder, '.vscode'));
    await settings(simulatedTarget);
    await mkdir(pictures, { recursive: true });
    await prepareKernel();
    window = await openWindow({
      folder,
      vsix: (await packageExtension(join(scratch, 'kext-dev.vsix'))).path,
      scale: 1,
      viewport: { width: 1400, height: 1100 },
      env: { XDG_CACHE_HOME: testCacheHome, KEXT_DEV_STATE: state },
    });
    await window.showContainer('Kexts');
    await sees('the kext, not loaded', /not loaded/);
  });
  after(async () => {
    await window?.screenshot(join(pictures, 'states-end.png')).catch(() => undefined);
    await window?.close();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  });

  it('a mistake in the source is a Problem until it builds: a restart of the Mac does not mend it', async () => {
    const kmod = await readFile(join(folder, 'kmod.c'), 'utf8');
    const booted = await bootTime();
    await write('kmod.c', `${kmod}\nint broken = ;\n`);
    await window.runCommand('Kext Dev: Reload Kext');
    await sees('the failed build', /does not build/);
    await window.runCommand('Kext Dev: Simulated Mac: Restart');
    await window.until('the restart', bootTime, time => time !== booted);
    await window.runCommand('Kext Dev: Refresh');
    await sees('the failed build after the restart', /does not build/);
    assert.match((await problems()).join('\n'), /^Error: expected expression at line/);
    await write('kmod.c', kmod);
    await window.runCommand('Kext Dev: Reload Kext');
    await sees('the build running', new RegExp(`${shortName} 1\\.0\\.0 running`));
    assert.deepEqual(await problems(), []);
    await window.runCommand('Kext Dev: Refresh');
    assert.deepEqual(await problems(), []);
  });

  it('a build command that is no list is refused, with the list to write', async () => {
    await settings(simulatedTarget, '"kext.build.command": "make -j4"');
    await sees('the mistake', /a mistake/);
    const [problem] = await window.until('the Problem', problems, all => all.length > 0);
    assert.match(problem ?? '', /kext\.build\.command is "make -j4": .*\["make", "-j4"\]/);
    await window.until('the mistake in the view', sideBar, text => /kext\.build\.command is "make -j4"/.test(text));
    await settings(simulatedTarget, '"kext.build.command": ["make", "-j4"]');
    await sees('the build running', / running · /);
    assert.deepEqual(await problems(), []);
  });

  it('a mistake in the Info.plist is named beside what leads out, and its repair is noticed', async () => {
    const infoPlist = await readFile(join(folder, 'Info.plist'), 'utf8');
    await write('Info.plist', infoPlist.replace('</dict>', '</dic>'));
    const led = (words: string) => /Info\.plist is malformed.*Show Problems.*Try Again/s.test(words);
    await window.until('the mistake and what leads out', sideBar, led);
    const refresh = window.page.locator('.part.sidebar').getByRole('button', { name: 'Refresh' });
    assert.ok((await refresh.count()) > 0, 'nothing to refresh with');
    await window.screenshot(join(pictures, 'mistake.png'));
    await window.page
      .locator('.part.sidebar')
      .getByRole('treeitem', { name: /^Show Problems/ })
      .click();
    await window.until('the Problem', problems, all => /Info\.plist is malformed/.test(all.join()));
    await write('Info.plist', infoPlist);
    await sees('the build running', / running · /);
    assert.deepEqual(await problems(), []);
  });

  it('an edited driver that is refused for the first time: refused and waiting, in all four places', async () => {
    await inTerminal('exercise');
    const kmod = await readFile(join(folder, 'kmod.c'), 'utf8');
    await write('kmod.c', `${kmod}\nint anotherBuild = 1;\n`);
    await window.runCommand('Kext Dev: Reload Kext');
    await sees('the refusal and what is awaited', /refused to unload, waits for a restart/);
    const refused = /refused to unload · 1 instance · waiting for a restart$/;
    await window.until('the row of the kext', ownRow, text => refused.test(text));
    assert.ok((await spoken()).includes(`Class ${names.engine}: 1 leaked`));
    assert.equal((await window.read('badge'))[0]?.badge, '1');
    const all = (await problems()).join('\n');
    assert.match(all, new RegExp(`Error: 1 instance of ${names.engine} is leaked`));
    assert.match(all, /Info: The new build of .* waits for a restart/);
    await window.screenshot(join(pictures, 'refused-edited.png'));
  });

  it('a restart from the terminal is noticed, and one click finishes the reload', async () => {
    await inTerminal('restart');
    await sees('that it can be finished', /finish the reload of/);
    assert.deepEqual(await window.until('no Problems', problems, all => all.length === 0), []);
    assert.deepEqual(await window.read('badge'), []);
    await window.page.locator('.statusbar-item', { hasText: 'finish the reload' }).click();
    await sees('the build running', / running · /);
    assert.deepEqual(await problems(), []);
  });

  it('an unload from the terminal is noticed', async () => {
    await inTerminal('unload');
    await sees('that nothing is loaded', /not loaded/);
    await window.until('the row of the kext', ownRow, text => /not loaded$/.test(text));
  });

  it('reloads that pile up end in one that runs', async () => {
    await window.runCommand('Notifications: Clear All Notifications');
    for (let presses = 0; presses < 3; presses += 1) await window.runCommand('Kext Dev: Reload Kext');
    await sees('the build running', / running · /);
    assert.deepEqual(await problems(), []);
    assert.deepEqual(
      (await window.read('notifications')).filter(text => /not (un|re)loaded/.test(text)),
      [],
    );
  });
});
