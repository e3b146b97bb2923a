import { relative } from 'node:path';
import { packageExtension } from './packageExtension.ts';
import { runScript } from './runScript.ts';

/** `npm run package`, or `npm run package -- https://SITE/` where the README's pictures can be read there. */
await runScript(async () => {
  const { path, bytes } = await packageExtension(undefined, process.argv[2]);
  console.log(`${relative(process.cwd(), path)}  ${(bytes / 1024).toFixed(0)} KiB`);
  return 0;
});
