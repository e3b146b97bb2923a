import { posix } from 'node:path';
import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import { loadInstalled, readInstalled } from '../loadInstalled.ts';
import type { SimulatedMac } from '../simulatedMac.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';

/** kextload(8) of macOS 10.15 with one path; everything it says is on standard error, and a success is silent. */
export async function kextload(
  mac: SimulatedMac,
  argv: readonly string[],
  asRoot: boolean,
  signal: AbortSignal,
): Promise<ToolOutput> {
  if (!asRoot) {
    const refusal = 'You must be running as root to load kexts or send personalities into the kernel.';
    return said({ stderr: [refusal], exitCode: 77 });
  }
  const [path] = argv;
  if (path === undefined || path.startsWith('-') || argv.length !== 1) return cannotSimulate('kextload', argv);
  const installed = await readInstalled(mac, path, signal);
  const { status, text, lines, notes } =
    'status' in installed ? installed : await loadInstalled(mac, installed, signal);
  if (status === 0) return said({ stderr: notes });
  const summary = `${posix.resolve('/', path)} failed to load - ${text}; check the system/kernel logs for errors or try kextutil(8).`;
  return said({ stderr: [...lines, summary], exitCode: 71 });
}
