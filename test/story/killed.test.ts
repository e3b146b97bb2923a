import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill } from 'node:process';
import { after, before, describe, it } from 'node:test';
import { type FarMac, openFarMac } from '../ssh/farMac.ts';
import { isRunning } from '../support/isRunning.ts';
import { packageExtension } from '../support/packageExtension.ts';
import { processTree } from '../support/processTree.ts';
import { pictures, readersOf } from '../support/storyWindow.ts';
import { until } from '../support/until.ts';
import { openWindow, type Window } from '../support/window.ts';
import { sampleProject, turbine } from '../unit/operations/fakeTarget.ts';
import { buildSample } from '../unit/operations/mortalTarget.ts';

describe('VS Code that is killed in the middle of an install on a Mac over SSH', () => {
  let mac: FarMac;
  let folder: string;
  let scratch: string;
  let window: Window;
  let opened = 0;
  const { problems, sees } = readersOf(() => window, 30_000);

  /** VS Code with what it knew when it was killed; the extension is installed the first time. */
  const open = async () => {
    const { server } = mac;
    opened += 1;
    window = await openWindow({
      folder,
      ...(opened === 1 ? { vsix: join(scratch, 'kext-dev.vsix') } : {}),
      userDataDir: join(scratch, 'user'),
      extensionsDir: join(scratch, 'extensions'),
      scale: 1,
      env: { ...server.environment, HOME: join(scratch, 'home'), XDG_STATE_HOME: join(scratch, 'state') },
    });
    await window.showContainer('Kexts');
  };

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'kext-dev-killed-'));
    mac = await openFarMac();
    folder = await sampleProject();
    await buildSample(folder);
    await mac.installs(join(folder, 'build', 'Turbine.kext'));
    await mkdir(join(folder, '.vscode'));
    await writeFile(join(folder, '.vscode', 'settings.json'), '{ "kext.target": "ssh:mini" }\n');
    const home = join(scratch, 'home');
    await mkdir(join(home, '.ssh'), { recursive: true, mode: 0o700 });
    await copyFile(mac.server.config, join(home, '.ssh', 'config'));
    // VS Code asks the user's login shell for the environment of its extensions.
    await writeFile(join(home, '.profile'), `export PATH='${mac.server.programs}':"$PATH"\n`);
    await mkdir(pictures, { recursive: true });
    await packageExtension(join(scratch, 'kext-dev.vsix'));
    await open();
  });
  after(async () => {
    await window.close();
    await mac.remove();
    for (const each of [folder, scratch]) await rm(each, { recursive: true, force: true, maxRetries: 5 });
  });

  it('lets what root began there come to its end, and no copy takes the place of another', async () => {
    await sees('the kext, not loaded', /mini · Turbine not loaded/);
    await mac.hangsIn('tar', 'before');
    await window.runCommand('Kext Dev: Install Kext');
    const pid = await until(
      'the copying',
      async () => Number(await readFile(mac.hanging, 'utf8').catch(() => '')),
      hanging => hanging > 0,
    );
    await window.kill();
    await window.close();
    assert.ok(await isRunning(pid));
    for (const process of (await processTree(pid)).slice(1)) kill(process);
    await until(
      'the end of the step',
      () => isRunning(pid),
      running => !running,
    );
    assert.equal(await mac.calls('mv'), 0);
  });

  it('says in the next window where it stopped, and what to do', async () => {
    await open();
    const stopped = new RegExp(
      `^Warning: Install ${turbine.replaceAll('.', '\\.')} on mini stopped while installing, at \\d\\d:\\d\\d: its process \\d+ is gone\\.`,
    );
    await window.until('the Problem', problems, all => all.some(text => stopped.test(text)));
    assert.match((await problems()).join('\n'), /Reload: it copies the build anew/);
    await window.screenshot(join(pictures, 'killed.png'));
  });

  it('is not in the way of the next install, which ends what it began', async () => {
    await window.runCommand('Kext Dev: Install Kext');
    await window.until(
      'the copy in its place',
      () => mac.calls('mv'),
      calls => calls > 0,
    );
    await window.until('no Problem', problems, all => all.length === 0);
    assert.equal(await mac.calls('tar'), 2);
  });
});
