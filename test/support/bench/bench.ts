import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTools } from '../debianPackages.ts';
import { packageExtension } from '../packageExtension.ts';
import { runScript } from '../runScript.ts';
import { activation } from './activation.ts';
import { archiveSpeed } from './archiveSpeed.ts';
import { decorationCost } from './decorations.ts';
import { firstTree } from './firstTree.ts';
import { kextstatSpeed } from './kextstatSpeed.ts';
import { logSpeed } from './logSpeed.ts';
import { type Measured, measuredLine } from './measured.ts';
import { reloadAndScript } from './reloadAndScript.ts';
import { shelfShare } from './shelfShare.ts';
import { simulatedMacSpeed } from './simulatedMacSpeed.ts';
import { sizes } from './sizes.ts';
import { sshInstall } from './sshInstall.ts';
import { sshRefresh } from './sshRefresh.ts';

/** `npm run bench`: what was measured, each as a ratio to a peer of the same run; the goals are for an idle machine. */
await runScript(async () => {
  await ensureTools(['clang', 'lld', 'llvm', 'make', 'chromium']);
  const folder = await mkdtemp(join(tmpdir(), 'kext-dev-bench-'));
  try {
    const vsix = await packageExtension(join(folder, 'kext-dev.vsix'));
    await print(sizes(vsix.bytes));
    await print(activation(vsix.path));
    await print(firstTree());
    await print(logSpeed());
    await print(archiveSpeed());
    await print(decorationCost());
    await print(kextstatSpeed());
    await print(reloadAndScript());
    await print(shelfShare());
    await print(simulatedMacSpeed());
    await print(sshRefresh());
    await print(sshInstall());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
});

async function print(measuring: Promise<Measured | readonly Measured[]>): Promise<void> {
  for (const measured of [await measuring].flat()) console.log(measuredLine(measured));
}
