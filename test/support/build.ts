import { buildBundles } from './bundles.ts';
import { runScript } from './runScript.ts';

await runScript(async () => {
  await buildBundles();
  return 0;
});
