import { ensureTools } from '../debianPackages.ts';
import { runScript } from '../runScript.ts';
import { measuredLine } from './measured.ts';
import { simulatedMacSpeed } from './simulatedMacSpeed.ts';

/** `npm run bench`: what was measured, each as a ratio to a peer of the same run; the goals are for an idle machine. */
await runScript(async () => {
  await ensureTools(['clang', 'lld', 'llvm', 'make']);
  for (const measured of await simulatedMacSpeed()) console.log(measuredLine(measured));
  return 0;
});
