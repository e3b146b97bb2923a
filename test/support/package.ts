import { relative } from 'node:path';
import { packageExtension } from './packageExtension.ts';
import { runScript } from './runScript.ts';

/** `npm run package` */
await runScript(async () => {
  const { path, bytes } = await packageExtension();
  console.log(`${relative(process.cwd(), path)}  ${(bytes / 1024).toFixed(0)} KiB`);
  return 0;
});
