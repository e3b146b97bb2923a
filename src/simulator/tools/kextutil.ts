import { posix } from 'node:path';
import type { ToolOutput } from '../../tools/toolOutput.ts';
import { loadInstalled, readInstalled } from '../loadInstalled.ts';
import type { SimulatedMac } from '../simulatedMac.ts';
import { said } from '../toolText.ts';

const kernelFile = "Defaulting to kernel file '/System/Library/Kernels/kernel'";
const exits = { kextBad: 4, loadFailed: 6, usage: 64, notRoot: 77 } as const;

/** kextutil(8) of macOS 10.15 with one path: with `-n` it only says whether the kext is loadable, else it loads it. */
export async function kextutil(
  mac: SimulatedMac,
  argv: readonly string[],
  asRoot: boolean,
  signal: AbortSignal,
): Promise<ToolOutput> {
  const paths = argv.filter(word => !word.startsWith('-'));
  const options = argv.filter(word => word.startsWith('-'));
  const [path] = paths;
  if (path === undefined || paths.length > 1 || options.some(option => !/^-[nt]+$/.test(option))) {
    return said({ stderr: [`kextutil: cannot simulate: kextutil ${argv.join(' ')}`], exitCode: exits.usage });
  }
  const onlyTest = options.some(option => option.includes('n'));
  if (!asRoot && !onlyTest) {
    const refusal = 'You must be running as root to load kexts or send personalities into the kernel.';
    return said({ stderr: [refusal], exitCode: exits.notRoot });
  }
  const shown = posix.resolve('/', path);
  const installed = await readInstalled(mac, path);
  if ('status' in installed) {
    const summary = `Failed to load ${shown} - ${installed.text}.`;
    return said({ stderr: [kernelFile, ...installed.lines, summary], exitCode: exits.kextBad });
  }
  const loadable = `${shown} appears to be loadable (not including linkage for on-disk libraries).`;
  if (onlyTest) return said({ stderr: [kernelFile, loadable] });
  const { status, text, lines } = await loadInstalled(mac, installed, signal);
  const last =
    status === 0 ? `${shown} successfully loaded (or already loaded).` : `Failed to load ${shown} - ${text}.`;
  return said({
    stderr: [kernelFile, loadable, ...lines, last],
    exitCode: status === 0 ? 0 : exits.loadFailed,
  });
}
