import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageExtension } from './packageExtension.ts';
import { takeReadmePicture } from './pictures/readmePicture.ts';
import { makeSheets } from './pictures/sheet.ts';
import { scenes, stateNames } from './pictures/states.ts';
import { takeScene } from './pictures/takeScene.ts';
import { testFolder } from './repository.ts';
import { CannotGoOn, runScript } from './runScript.ts';
import { prepareKernel } from './simulatedBench.ts';

const folder = join(testFolder, 'pictures');

/*
 * `npm run screenshots`: the picture of the README, and in `.vscode-test/pictures` every state that a user meets, in each
 * look, with a sheet of each state's looks. After `--`: only the states that are named.
 */
await runScript(async () => {
  const named = namedStates(process.argv.slice(2));
  const wanted = named.length === 0 ? stateNames : named;
  await mkdir(folder, { recursive: true });
  const scratch = await mkdtemp(join(tmpdir(), 'kext-dev-pictures-'));
  const failures: unknown[] = [];
  try {
    await prepareKernel();
    const vsix = (await packageExtension(join(scratch, 'kext-dev.vsix'))).path;
    if (named.length === 0) await takeReadmePicture(vsix, join(scratch, 'state'));
    for (const scene of scenes)
      await takeScene(scene, { vsix, folder, wants: state => wanted.includes(state) }).catch(error =>
        failures.push(error),
      );
    await makeSheets(folder, wanted);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  for (const failure of failures) console.error(failure);
  console.log(`The pictures are in ${folder}`);
  return failures.length === 0 ? 0 : 1;
});

function namedStates(names: readonly string[]): readonly string[] {
  const unknown = names.filter(name => !stateNames.includes(name));
  if (unknown.length > 0)
    throw new CannotGoOn(`No state is called ${unknown.join(', ')}; there are:\n  ${stateNames.join('\n  ')}`);
  return names;
}
