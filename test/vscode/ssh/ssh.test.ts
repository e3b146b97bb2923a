import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type CodeLens, ConfigurationTarget, commands, extensions, languages, Uri, workspace } from 'vscode';
import { passphraseOfKey, passwordOfMac, type SshMacOrder } from '../../support/sshMacBridge.ts';
import { until } from '../../support/until.ts';
import { seenWindow } from '../window.ts';

const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const infoPlist = join(folder, 'Info.plist');
const seen = seenWindow();

/** Tells the Mac over SSH what to do. */
async function mac(order: SshMacOrder): Promise<number> {
  const response = await fetch(process.env.KEXT_DEV_SSH_MAC_URL ?? '', { method: 'POST', body: order });
  const answer: unknown = await response.json();
  assert.ok(typeof answer === 'number', String(answer));
  return answer;
}

const sideBarSays = (expected: RegExp) =>
  seen?.readUntil('sidebar', lines => expected.test(lines.join(' ')), 30_000) ?? Promise.resolve();
const treeHas = (expected: RegExp) =>
  seen?.readUntil('tree', rows => rows.some(({ spoken }) => expected.test(spoken)), 30_000) ?? Promise.resolve();
const statusSays = (expected: RegExp) =>
  seen?.readUntil('statusbar', items => items.some(item => expected.test(item)), 30_000) ?? Promise.resolve();

async function lenses(): Promise<string[]> {
  const header = Uri.file(join(folder, 'WinchMotor.hpp'));
  await workspace.openTextDocument(header);
  const found = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', header);
  return found.map(({ command }) => command?.title ?? '');
}

async function withInfoPlist(change: (text: string) => string, work: () => Promise<unknown>): Promise<void> {
  const text = await readFile(infoPlist, 'utf8');
  await writeFile(infoPlist, change(text));
  try {
    await work();
  } finally {
    await writeFile(infoPlist, text);
  }
}

describe('A Mac over SSH', function () {
  this.timeout(120_000);
  if (seen === undefined) return;

  before(async () => {
    // What is read from time to time has a test of its own.
    await workspace.getConfiguration('kext').update('counts.refreshSeconds', 0, ConfigurationTarget.Global);
    await extensions.getExtension('kext-dev.kext-dev')?.activate();
    await commands.executeCommand('kext.loaded.focus');
  });

  it('is not asked before it is chosen: a project starts without a target where this machine is no Mac', async () => {
    await sideBarSays(/No target is chosen: say which Mac loads this kext.*Select Target/);
    await statusSays(/: no target/);
    assert.equal(await mac('takeStarts'), 0);
  });

  it('that the settings spell wrong is a Problem that says what could stand there', async () => {
    const settings = workspace.getConfiguration('kext');
    await settings.update('target', 'ssh:-oProxyCommand=x');
    const messages = () => languages.getDiagnostics().flatMap(([, all]) => all.map(({ message }) => message));
    await until('the Problem', messages, all =>
      all.some(text => /^kext\.target is "ssh:-o.*ssh:HOST takes/.test(text)),
    );
    await sideBarSays(/kext\.target is "ssh:-o.*Select Target.*Show Problems/);
    await settings.update('target', undefined);
    await until('no Problem', messages, all => all.length === 0);
    await rm(join(folder, '.vscode'), { recursive: true, force: true });
    assert.equal(await mac('takeStarts'), 0);
  });

  it('is offered by Select Target as the user’s ssh configuration names it, and what it holds is shown then', async () => {
    await seen.runFromPalette('Kext Dev: Select Target');
    await seen.click({ role: 'option', name: 'mini' });
    await treeHas(/^Target: mini, macOS 10\.15/);
    await treeHas(/your kext, .*loaded$/);
    await treeHas(/^Class WinchMotor: /);
    await statusSays(/mini · Winch.* running/);
    assert.deepEqual(await lenses(), ['1 live']);
    await seen.screenshot('ssh-target');
  });

  it('costs one start of ssh for a refresh', async () => {
    await commands.executeCommand('kext.refresh');
    await mac('takeStarts');
    await commands.executeCommand('kext.refresh');
    assert.equal(await mac('takeStarts'), 1);
  });

  it('is not asked while no view shows what it holds, whatever happens, and is once one does', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('workbench.view.explorer');
    await seen.readUntil('sidebar', lines => !lines.join(' ').includes('mini'));
    // What hides the view may come later than what was read.
    await commands.executeCommand('kext.refresh');
    await mac('takeStarts');
    await withInfoPlist(
      text => text.replace('</dict>', '</dic>'),
      () => statusSays(/a mistake/),
    );
    await statusSays(/mini · Winch/);
    assert.equal(await mac('takeStarts'), 0);
    await commands.executeCommand('kext.loaded.focus');
    await until(
      'the next look',
      () => mac('takeStarts'),
      starts => starts > 0,
    );
  });

  it('that goes away is shown as it was seen last, with why and what leads back; it is read again once it is back', async () => {
    await mac('goAway');
    await commands.executeCommand('kext.refresh');
    await sideBarSays(/(mini does not answer|Nothing answers ssh on mini|The connection to mini broke)/);
    await treeHas(/^Target: mini, seen at \d\d:\d\d:\d\d · macOS 10\.15/);
    await treeHas(/^Class WinchMotor: /);
    await statusSays(/mini · Winch.*: not read/);
    await seen.screenshot('ssh-target-away');
    await mac('comeBack');
    await seen.click({ role: 'treeitem', name: 'Try Again' });
    await treeHas(/^Target: mini, macOS 10\.15/);
    await statusSays(/mini · Winch.* running/);
  });

  it('that has another key than the known one is not talked to, and it is said what that may mean', async () => {
    await mac('goAway');
    await mac('changeKey');
    await commands.executeCommand('kext.refresh');
    await sideBarSays(/The host key of mini is another than the one that is known/);
    await mac('goAway');
    await mac('comeBack');
    await commands.executeCommand('kext.refresh');
    await treeHas(/^Target: mini, macOS 10\.15/);
  });

  it('whose key has a passphrase asks for it where the user has it read, and never by itself', async () => {
    await mac('lockKey');
    await withInfoPlist(
      text => text.replace('</dict>', '</dic>'),
      () => statusSays(/a mistake/),
    );
    await sideBarSays(/mini did not let you in .* is asked for when you refresh or start something yourself/);
    await seen.click({ role: 'treeitem', name: 'Try Again' });
    await seen.answer('To Reach mini', 'wrong');
    await seen.screenshot('ssh-passphrase-wrong');
    await seen.answer('That did not let you in', passphraseOfKey);
    await treeHas(/^Target: mini, macOS 10\.15/);
    await statusSays(/mini · Winch.* running/);
    await mac('unlockKey');
  });

  it('whose unload has begun is let finish it after a cancel: another notification says so, and has nothing to press', async () => {
    await mac('holdUnload');
    const unloaded = commands.executeCommand('kext.unload');
    await mac('awaitUnload');
    await commands.executeCommand('notifications.showList');
    const told = (expected: RegExp) =>
      seen.readUntil('notifications', all => all.some(text => expected.test(text)), 30_000);
    await told(/^Unload com\.example\.driver\.Winch on mini: unloading/);
    assert.deepEqual(await seen.read('notificationButtons'), ['Cancel']);
    await seen.click({ role: 'button', name: 'Cancel', exact: true });
    await commands.executeCommand('notifications.showList');
    await told(/^Cancelling after the unload: Unload com\.example\.driver\.Winch on mini is not stopped half-way$/);
    assert.ok((await seen.read('notifications')).every(text => !/: unloading/.test(text)));
    assert.deepEqual(await seen.read('notificationButtons'), []);
    await statusSays(/mini · Winch: unloading/);
    await mac('letUnloadGo');
    await unloaded;
    await statusSays(/mini · Winch.* not loaded/);
    await seen.readUntil('notifications', all => all.every(text => !/Cancelling/.test(text)));
    await mac('load');
    await commands.executeCommand('kext.refresh');
    await statusSays(/mini · Winch.* running/);
  });

  it('has its sudo’s password asked for once, hidden and again where it was wrong, and the kext is gone', async () => {
    await mac('wantPassword');
    const unloaded = commands.executeCommand('kext.unload');
    await seen.answer('Your Password on mini', 'wrong');
    await seen.screenshot('ssh-password-wrong');
    await seen.answer('That was not the password', passwordOfMac);
    await unloaded;
    await statusSays(/mini · Winch.* not loaded/);
    await treeHas(/your kext, .*not loaded/);
    await commands.executeCommand('notifications.showList');
    const told = await seen.read('notifications');
    assert.deepEqual(
      told.filter(text => /not unloaded/.test(text)),
      [],
    );
  });

  it('is given nothing that was built for the Simulated Mac: that is a Problem on the identifier, and nothing is changed', async () => {
    await commands.executeCommand('kext.load');
    const [first] = await until(
      'the Problem',
      () => languages.getDiagnostics(Uri.file(infoPlist)),
      all => all.length > 0,
    );
    assert.match(first?.message ?? '', /was built for the Simulated Mac .*it is not installed on mini\./);
    await statusSays(/mini · Winch was not installed/);
    await treeHas(/your kext, .*not loaded/);
    await seen.screenshot('ssh-cross-built');
  });

  it('whose user gives no password has nothing changed, and says so', async () => {
    const uninstalled = commands.executeCommand('kext.uninstall');
    await seen.answer('Your Password on mini', '');
    await uninstalled;
    await commands.executeCommand('notifications.showList');
    await seen.readUntil(
      'notifications',
      all => all.some(text => /no password was given, so nothing ran as root on mini/.test(text)),
      30_000,
    );
  });

  it('on which a kext is loaded is read from time to time while its counts are seen, as often as the setting says, and where it says 0 never', async () => {
    const settings = workspace.getConfiguration('kext');
    const refreshed = (seconds: number) =>
      settings.update('counts.refreshSeconds', seconds, ConfigurationTarget.Global);
    await mac('load');
    await commands.executeCommand('kext.refresh');
    await treeHas(/^Class WinchUserClient: 0 live/);
    await mac('open');
    await mac('takeStarts');
    await refreshed(1);
    await treeHas(/^Class WinchUserClient: 1 live/);
    await refreshed(0);
    // One may have begun.
    await setTimeout(500);
    await mac('takeStarts');
    await setTimeout(1500);
    assert.equal(await mac('takeStarts'), 0);
  });
});
