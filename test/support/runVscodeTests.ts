import { buildWhenStale } from './bundles.ts';
import { ensureTools } from './debianPackages.ts';
import { runScript } from './runScript.ts';
import { runSuite } from './vscodeSuites.ts';

/** `npm run test:vscode`: the suites that run inside the real VS Code. */
await runScript(async () => {
  await ensureTools(['clang', 'lld', 'llvm', 'make', 'chromium']);
  await buildWhenStale();
  const { failed } = await runSuite({ tests: '.', trusted: true });
  return failed > 0 ? 1 : 0;
});
