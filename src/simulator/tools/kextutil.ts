import { posix } from 'node:path';
import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { CheckedKext } from '../load/checkKext.ts';
import { linkProblems } from '../load/linkKext.ts';
import { loadInstalled, readInstalled } from '../loadInstalled.ts';
import type { SimulatedMac } from '../simulatedMac.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';

const kernelFile = "Defaulting to kernel file '/System/Library/Kernels/kernel'";
const kextlibsHint = 'Check library declarations for your kext with kextlibs(8).';
const exits = { notFound: 1, noArchitecture: 2, kextBad: 4, loadFailed: 6, notRoot: 77 } as const;
const linkError = 0xdc008016;

interface Told {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

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
    return cannotSimulate('kextutil', argv);
  }
  const onlyTest = options.some(option => option.includes('n'));
  if (!asRoot && !onlyTest) {
    const refusal = 'You must be running as root to load kexts or send personalities into the kernel.';
    return said({ stderr: [refusal], exitCode: exits.notRoot });
  }
  const installed = await readInstalled(mac, path, signal);
  if ('status' in installed) {
    return said({ stderr: [kernelFile, `Can't create ${posix.resolve('/', path)}.`], exitCode: exits.notFound });
  }
  const { lines, exitCode } = tested(installed) ?? (await (onlyTest ? linked : loaded)(mac, installed, signal));
  return said({ stderr: [kernelFile, ...lines], exitCode });
}

/** What is wrong with the kext on the disk; undefined where it looks good. Its libraries are looked for three times. */
function tested({ kext: { path }, diagnostics, libraryLines }: CheckedKext): Told | undefined {
  const bad = ['Validation Failures', 'Authentication Failures', 'Dependency Resolution Failures'] as const;
  if (!bad.some(section => diagnostics.has(section))) return undefined;
  const resolved = [...libraryLines, ...libraryLines, ...libraryLines];
  return { lines: [...resolved, `Diagnostics for ${path}:`, ...diagnostics.lines()], exitCode: exits.kextBad };
}

async function linked(
  mac: SimulatedMac,
  { kext, diagnostics, refusal }: CheckedKext,
  signal: AbortSignal,
): Promise<Told> {
  const warnings = diagnostics.lines(['Warnings']);
  if (refusal?.status === 0xdc00800f) {
    const lines = [...warnings, `${kext.path} does not contain code for this computer's architecture.`];
    return { lines, exitCode: exits.noArchitecture };
  }
  const problems = linkProblems(kext, await mac.kernelExports(signal));
  if (problems.length === 0)
    return {
      lines: [...warnings, `${kext.path} appears to be loadable (including linkage for on-disk libraries).`],
      exitCode: 0,
    };
  const identifier = kext.infoPlist.bundleIdentifier ?? '';
  const told = [...problems.map(problem => `kxld[${identifier}]: ${problem}`), 'Link failed (error code 5).'];
  return { lines: [...warnings, ...told, kextlibsHint], exitCode: exits.kextBad };
}

async function loaded(mac: SimulatedMac, checked: CheckedKext, signal: AbortSignal): Promise<Told> {
  const { kext } = checked;
  const warnings = checked.diagnostics.lines(['Warnings']);
  const loadable = `${kext.path} appears to be loadable (not including linkage for on-disk libraries).`;
  const { status, text, lines } = await loadInstalled(mac, checked, signal);
  if (status === 0)
    return { lines: [...warnings, loadable, `${kext.path} successfully loaded (or already loaded).`], exitCode: 0 };
  const summary = `Failed to load ${kext.path} - ${text}.`;
  const hint = status === linkError ? [kextlibsHint] : [];
  return { lines: [...warnings, loadable, ...lines, summary, ...hint], exitCode: exits.loadFailed };
}
