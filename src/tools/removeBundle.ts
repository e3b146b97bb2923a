/** rm(1), for what Kext Dev has put into a folder of kexts. A success is silent; a failure is a line on standard error. */
import { requireSilence } from './fileTools.ts';
import type { ToolCommand } from './port/toolCommand.ts';

/**
 * How a copy is called that is not whole yet, one that another one has taken the place of, and one that is to be removed: not as a kext,
 * so that nothing loads it.
 */
export const leftoverName = /^\.(.+\.kext)\.kext-dev-(?:(?:new|gone)(?:-[0-9a-f]{8})?|old)$/s;

/**
 * Removes an installed bundle and all below it, where it is there.
 * @throws RangeError for what is no kext directly inside `installFolder`, nor a copy that an install keeps beside one.
 */
export function removeBundle(path: string, installFolder: string): ToolCommand<undefined> {
  const name = path.slice(installFolder.length + 1);
  const isKext = /^[^./][^/]*\.kext$/s.test(name);
  if (!path.startsWith(`${installFolder}/`) || name.includes('/') || !(isKext || leftoverName.test(name)))
    throw new RangeError(`${path} is no kext in ${installFolder}`);
  return {
    tool: 'rm',
    argv: ['-rf', path],
    asRoot: true,
    timeoutMs: 60_000,
    parse: output => requireSilence('rm', output),
  };
}
