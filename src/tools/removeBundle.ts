/** rm(1), for the one bundle that Kext Dev has installed. A success is silent; a failure is a line on standard error. */
import { requireWholeAnswer } from './answer.ts';
import type { ToolCommand } from './toolCommand.ts';
import { UnknownToolText } from './toolErrors.ts';

/**
 * Removes an installed bundle and all below it, where it is there.
 * @throws RangeError for what is no kext directly inside `installFolder`.
 */
export function removeBundle(path: string, installFolder: string): ToolCommand<undefined> {
  const name = path.slice(installFolder.length + 1);
  if (!path.startsWith(`${installFolder}/`) || !/^[^/]+\.kext$/.test(name) || name.startsWith('.'))
    throw new RangeError(`${path} is no kext in ${installFolder}`);
  return {
    tool: 'rm',
    argv: ['-rf', path],
    asRoot: true,
    timeoutMs: 60_000,
    parse: output => {
      requireWholeAnswer('rm', 'silence', output);
      if (output.exitCode !== 0) throw new UnknownToolText('rm', 'silence', output);
      return undefined;
    },
  };
}
