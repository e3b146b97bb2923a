import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { simulatedUid } from '../../src/targets/simulatedTool.ts';
import { repositoryFolder } from './repository.ts';
import { testCacheHome } from './simulatedBench.ts';

/** The tools of a Simulated Mac that a process can stand for; `sudo` runs each of them as root, and says what it lets one do. */
export const simulatedToolNames = [
  ...['sw_vers', 'sysctl', 'csrutil', 'log', 'ps'],
  ...['kextstat', 'kextload', 'kextunload', 'kextutil', 'kmutil', 'ioclasscount', 'ioreg'],
  ...['mkdir', 'chown', 'chmod', 'rm', 'ls', 'mv', 'tar', 'openssl', 'id', 'find', 'plutil', 'sudo'],
  ...['which', 'date', 'df', 'nvram', 'spctl', 'system_profiler'],
] as const;

export type SimulatedToolName = (typeof simulatedToolNames)[number];

/**
 * Fills `folder` with executables that carry the tools' names: each starts the terminal's program as it was built and
 * is that tool of the Simulated Mac in `state`, unless KEXT_DEV_STATE names another one. mkdir, rm and their kin are among
 * them: on a PATH the folder is for what is meant to run on the Mac, and for nothing else.
 */
export async function writeSimulatedTools(folder: string, state: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(
    simulatedToolNames.map(async name => {
      const file = join(folder, name);
      await writeFile(file, launcher(name, resolve(state)));
      await chmod(file, 0o755);
    }),
  );
}

function launcher(name: SimulatedToolName, state: string): string {
  const program = join(repositoryFolder, 'dist', 'cli.mjs');
  return `#!/bin/sh
# ${name} of a Simulated Mac: the folder KEXT_DEV_STATE holds all that the Mac is, its disk included.
# It acts as root where it is started by root, or behind the sudo beside it; otherwise as a user.
# ${simulatedUid} tells it another user: 0 is root, 501 somebody. Nothing of this machine is touched either way.
[ -n "$KEXT_DEV_STATE" ] || KEXT_DEV_STATE=${quoted(state)}
[ -n "$XDG_CACHE_HOME" ] || XDG_CACHE_HOME=${quoted(testCacheHome)}
export KEXT_DEV_STATE XDG_CACHE_HOME
exec ${quoted(process.execPath)} ${quoted(program)} simulated-tool ${name} "$@"
`;
}

/** One word to the shell, whatever it holds. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
