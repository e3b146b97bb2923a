import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { operationFolder } from '../../src/targets/folders.ts';
import { withStatement } from '../simulated/badDrivers.ts';
import { escaped } from '../support/escaped.ts';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { pictures, prepareStory, readersOf, type Story } from '../support/storyWindow.ts';
import { kextDev, kextDevJson } from '../support/terminal.ts';
import type { Window } from '../support/window.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
const shortName = names.bundleIdentifier.split('.').at(-1);
const simulatedTarget = '"kext.target": "simulated"';

console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}, ${names.engine}`);

describe('What VS Code shows when things change behind its back, or are wrong', () => {
  let story: Story;
  let window: Window;

  const { spoken, problems, sees, seesRow, seesNoProblem } = readersOf(() => window, 20_000);
  const own = (said: string) => new RegExp(`^${escaped(names.bundleIdentifier)},.*${said}$`);
  const sideBar = async () => (await window.read('sidebar')).join('\n');
  const read = (name: string) => readFile(join(story.folder, name), 'utf8');
  const write = (name: string, text: string) => writeFile(join(story.folder, name), text);
  const settings = (...lines: readonly string[]) => `{ ${lines.join(', ')} }\n`;
  const set = (...lines: readonly string[]) => write('.vscode/settings.json', settings(...lines));
  const bootTime = async () => (await kextDevJson(['status', ...story.place])).document.system.bootTime;
  const dialog = () => window.page.locator('.monaco-dialog-box');
  const answer = (button: string) => dialog().getByRole('button', { name: button }).click();
  const inTerminal = async (command: string) => {
    const { status: code, stderr } = await kextDev([command, ...story.place]);
    assert.equal(code, 0, stderr);
  };

  /** Starts a reload in a terminal whose build goes on until `enough` is there; back once it builds. */
  const slowReloadInTerminal = async (enough: string) => {
    const builds = join(story.state, 'builds');
    const build = ['sh', '-c', ': > "$1"; until [ -e "$0" ]; do sleep 0.1; done', enough, builds];
    const ended = kextDev(['reload', ...story.place, '--build', JSON.stringify(build)]);
    await window.until('the build in the terminal', async () => existsSync(builds), Boolean);
    await rm(builds);
    return { ended };
  };

  /** Until no window and no terminal works on the kext. */
  const seesTheEnd = async () => {
    const lock = join(operationFolder(story.state, names.bundleIdentifier), 'lock');
    await window.until(
      'the end of what is done with the kext',
      async () => existsSync(lock) || (await window.read('notifications')).some(text => text.includes('Reload Kext')),
      goesOn => !goesOn,
    );
  };

  before(async () => {
    story = await prepareStory(files, { height: 1100, settings: settings(simulatedTarget) });
    window = await story.open();
    await window.showContainer('Kexts');
    await sees('the kext, not loaded', /not loaded/);
  });
  after(() => story?.end('states-end.png'));

  it('a mistake in the source is a Problem until it builds: a restart of the Mac does not mend it', async () => {
    const kmod = await read('kmod.c');
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
    await seesNoProblem();
    await window.runCommand('Kext Dev: Refresh');
    await seesNoProblem();
  });

  it('how far a slow build is stands in its notification, and nowhere line by line', async () => {
    const makefile = await read('Makefile');
    const compile = '-MJ $@.json -c $< -o $@\n';
    assert.ok(makefile.includes(compile));
    await write('Makefile', makefile.replace(compile, `${compile}\t@until [ -e enough ]; do sleep 0.1; done\n`));
    await window.runCommand('Kext Dev: Reload Kext');
    const of = [...files.keys()].filter(name => /\.(?:cpp|c)$/.test(name)).length;
    const notifications = () => window.read('notifications');
    await window.until('the first file', notifications, all => all.join().includes(`building: 1 of ${of} files`));
    await window.screenshot(join(pictures, 'building.png'));
    await write('enough', '');
    await window.until('its end', notifications, all => !/building/.test(all.join()));
    await rm(join(story.folder, 'enough'));
    await write('Makefile', makefile);
    const { status, stderr } = await kextDev(['reload', ...story.place]);
    assert.equal(status, 0, stderr);
    assert.equal(stderr.split('\n').filter(line => /building/.test(line)).length, 1, stderr);
    await sees('the build running', / running · /);
  });

  it('a build command that is no list is refused, with the list to write', async () => {
    await set(simulatedTarget, '"kext.build.command": "make -j4"');
    await sees('the mistake', /a mistake/);
    const [problem] = await window.until('the Problem', problems, all => all.length > 0);
    assert.match(problem ?? '', /kext\.build\.command is "make -j4": .*\["make", "-j4"\]/);
    await window.until('the mistake in the view', sideBar, text => /kext\.build\.command is "make -j4"/.test(text));
    await set(simulatedTarget, '"kext.build.command": ["make", "-j4"]');
    await sees('the build running', / running · /);
    await seesNoProblem();
  });

  it('a mistake in the Info.plist is named beside what leads out, and its repair is noticed', async () => {
    const infoPlist = await read('Info.plist');
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
    await seesNoProblem();
  });

  it('an edited driver that is refused for the first time: refused and waiting, in all four places', async () => {
    await inTerminal('exercise');
    const kmod = await read('kmod.c');
    await write('kmod.c', `${kmod}\nint anotherBuild = 1;\n`);
    await window.runCommand('Kext Dev: Reload Kext');
    await sees('the refusal and what is awaited', /refused to unload, waits for a restart/);
    await seesRow('the row of the kext', own('refused to unload · 1 instance · waiting for a restart'));
    await seesRow('the leaked class', new RegExp(`^Class ${names.engine}: 1 leaked$`));
    const badge = () => window.read('badge');
    await window.until('the badge', badge, badges => badges[0]?.badge === '1');
    const expected = [`Error: 1 instance of ${names.engine} is leaked`, 'Info: The new build of '];
    await window.until('the Problems', problems, all => expected.every(one => all.some(text => text.startsWith(one))));
    await window.screenshot(join(pictures, 'refused-edited.png'));
  });

  it('a restart from the terminal is noticed, and one click finishes the reload', async () => {
    await inTerminal('restart');
    await sees('that it can be finished', /finish the reload of/);
    assert.deepEqual(await window.until('no Problems', problems, all => all.length === 0), []);
    assert.deepEqual(await window.read('badge'), []);
    await window.page.locator('.statusbar-item', { hasText: 'finish the reload' }).click();
    await sees('the build running', / running · /);
    await seesNoProblem();
  });

  it('a target that cannot be read: the tree shows what was seen last, and leads out', async () => {
    const journal = join(story.state, 'journal.jsonl');
    await rename(journal, `${journal}.away`);
    await mkdir(journal);
    await window.runCommand('Kext Dev: Refresh');
    await sees('that it was not read', /not read/);
    await seesRow('since when', /^Target: Simulated Mac, seen at \d\d:\d\d:\d\d · macOS 10\.15\.7$/);
    await seesRow('the kext as it was', own('loaded'));
    for (const way of ['Try Again', 'Reset the Simulated Mac']) await seesRow(way, new RegExp(`^${way}:`));
    await window.screenshot(join(pictures, 'away.png'));
    await rmdir(journal);
    await rename(`${journal}.away`, journal);
    await window.page
      .locator('.part.sidebar')
      .getByRole('treeitem', { name: /^Try Again/ })
      .click();
    await sees('the build running', / running · /);
    await seesRow('the target as it is', /^Target: Simulated Mac, macOS 10\.15\.7$/);
  });

  it('an unload from the terminal is noticed', async () => {
    await inTerminal('unload');
    await sees('that nothing is loaded', /not loaded/);
    await seesRow('the row of the kext', own('not loaded'));
  });

  it('reloads that pile up end in one that runs', async () => {
    await window.runCommand('Notifications: Clear All Notifications');
    for (let presses = 0; presses < 3; presses += 1) await window.runCommand('Kext Dev: Reload Kext');
    await sees('the build running', / running · /);
    await seesTheEnd();
    await seesNoProblem();
    assert.deepEqual(
      (await window.read('notifications')).filter(text => /not (un|re)loaded/.test(text)),
      [],
    );
  });

  it('what a terminal does with the kext is waited for, and that is said', async () => {
    const enough = join(story.state, 'enough');
    const terminal = await slowReloadInTerminal(enough);
    await window.runCommand('Kext Dev: Reload Kext');
    const told = new RegExp(`waiting for reload ${escaped(names.bundleIdentifier)}, process \\d+`);
    const notifications = () => window.read('notifications');
    await window.until('what it waits for', notifications, all => all.some(text => told.test(text)));
    await writeFile(enough, '');
    assert.equal((await terminal.ended).status, 0);
    await window.until('the end of the wait', notifications, all => !all.some(text => told.test(text)));
    await sees('the build running', / running · /);
  });

  it('the place of a terminal’s reload that is building is taken by a click on Replace', async () => {
    const terminal = await slowReloadInTerminal(join(story.state, 'never'));
    await window.runCommand('Kext Dev: Reload Kext');
    await window.page.locator('.notifications-toasts a', { hasText: 'Replace' }).click();
    const { status: code, stderr } = await terminal.ended;
    assert.equal(code, 130, stderr);
    const notifications = () => window.read('notifications');
    await window.until('the end of the reload', notifications, all => !all.some(text => /Reload Kext|→/.test(text)));
    await sees('the build running', / running · /);
  });

  it('a stale copy of the kext is removed from the Mac once it is chosen and that is confirmed, and not without', async () => {
    const installed = join(story.state, 'disk', 'private', 'tmp', 'kext-dev');
    const [bundle = assert.fail('nothing is installed')] = (await readdir(installed)).filter(each =>
      /^[^.].*\.kext$/.test(each),
    );
    const stale = join(story.state, 'disk', 'Library', 'Extensions', 'Stale.kext');
    await cp(join(installed, bundle), stale, { recursive: true });
    const chooseCopy = async () => {
      await window.runCommand('Kext Dev: Find Stale Copies…');
      await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Stale.kext' }).click();
      await window.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
      await dialog().waitFor();
    };
    await chooseCopy();
    const asked =
      /Remove \/Library\/Extensions\/Stale\.kext from the Simulated Mac\?.*this code is loaded.*What is loaded stays loaded\./s;
    assert.match((await dialog().textContent()) ?? '', asked);
    await answer('Cancel');
    await dialog().waitFor({ state: 'detached' });
    assert.ok(existsSync(stale));

    await chooseCopy();
    await answer('Remove');
    const said = (all: readonly string[]) => all.includes('Removed: /Library/Extensions/Stale.kext');
    await window.until('that it is gone', () => window.read('notifications'), said);
    assert.deepEqual([existsSync(stale), existsSync(join(installed, bundle))], [false, true]);
  });

  it('a driver that has panicked its Mac is not simply loaded again: the panic is shown, and what to do is asked', async () => {
    const bad = withStatement(files, 'driver', 'start', 'panic("the rotor is stuck");');
    const good = await read(bad.file);
    await write(bad.file, bad.files.get(bad.file) ?? '');
    await window.runCommand('Kext Dev: Reload Kext');
    await sees('the panic', /panicked/);
    const panicked = /^Error: The Simulated Mac panicked: the rotor is stuck, in /m;
    await window.until('the Problem', problems, all => panicked.test(all.join('\n')));

    await window.runCommand('Kext Dev: Reload Kext');
    await dialog().waitFor();
    assert.match((await dialog().textContent()) ?? '', /has panicked the Simulated Mac\..*the rotor is stuck/s);
    await answer('Cancel');
    await sees('the panic still', /panicked/);

    await window.runCommand('Kext Dev: Load Kext');
    await dialog().waitFor();
    assert.match(
      (await dialog().textContent()) ?? '',
      /Load Anyway.*has panicked the Simulated Mac\..*the rotor is stuck/s,
    );
    await answer('Cancel');
    await sees('that nothing was loaded', /panicked/);

    await write(bad.file, good);
    await window.runCommand('Kext Dev: Reload Kext');
    await answer('Reload Anyway');
    await sees('the build running', / running · /);
    await seesNoProblem();
  });

  it('a damaged Simulated Mac is made anew from the tree', async () => {
    const journal = join(story.state, 'journal.jsonl');
    await rm(journal);
    await mkdir(journal);
    await window.runCommand('Kext Dev: Refresh');
    await window.until('the way out', spoken, rows => rows.some(row => row.startsWith('Reset the Simulated Mac:')));
    await window.page
      .locator('.part.sidebar')
      .getByRole('treeitem', { name: /^Reset the Simulated Mac/ })
      .click();
    await answer('Reset');
    await sees('a Mac as new', /not loaded/);
    await seesRow('the target as it is', /^Target: Simulated Mac, macOS 10\.15\.7$/);
  });
});
