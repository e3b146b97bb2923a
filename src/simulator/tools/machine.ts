import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { ToolCall } from '../runTool.ts';
import type { SimulatedMac } from '../simulatedMac.ts';
import type { SimulatedSystem } from '../systems/simulatedSystem.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';

/** The tools that tell of the machine, not of its kernel; undefined for any other. */
export async function machineTool(
  mac: SimulatedMac,
  { tool, argv }: ToolCall,
  signal: AbortSignal,
): Promise<ToolOutput | undefined> {
  switch (tool) {
    case 'which':
      return which(await mac.system(), argv);
    case 'date':
      return date((await mac.boot()).time + Math.floor((await mac.ask(signal)).clock / 1e9), argv);
    case 'df':
      return df(argv);
    case 'nvram':
      return nvram(argv);
    case 'spctl':
      return spctl(argv);
    case 'sudo':
      return sudo(argv);
    case 'system_profiler':
      return systemProfiler(await mac.system(), argv);
    default:
      return undefined;
  }
}

const places: Readonly<Record<string, readonly string[]>> = {
  '/bin': ['chmod', 'date', 'df', 'ls', 'mkdir', 'ps', 'rm'],
  '/sbin': ['kextload', 'kextunload'],
  '/usr/bin': ['csrutil', 'id', 'kextutil', 'kmutil', 'log', 'sudo', 'sw_vers', 'which'],
  '/usr/sbin': ['chown', 'ioclasscount', 'ioreg', 'kextstat', 'nvram', 'spctl', 'sysctl', 'system_profiler'],
};

/** `which NAME…`: the tools that are simulated, where a Mac has them. */
export function which({ kernelmanagerd }: SimulatedSystem, argv: readonly string[]): ToolOutput {
  if (argv.length === 0 || argv.some(name => name.startsWith('-'))) return cannotSimulate('which', argv);
  const all = Object.entries(places).flatMap(([folder, names]) => names.map(name => [name, folder] as const));
  const there = new Map(all.filter(([name]) => name !== 'kmutil' || kernelmanagerd));
  const found = argv.filter(name => there.has(name)).map(name => `${there.get(name)}/${name}`);
  return said({ stdout: found, exitCode: found.length < argv.length ? 1 : 0 });
}

/** `date -u +%s`: what the virtual clock says, in seconds. */
export function date(seconds: number, argv: readonly string[]): ToolOutput {
  return argv.join(' ') === '-u +%s' ? said({ stdout: [String(seconds)] }) : cannotSimulate('date', argv);
}

/** `df -k PATH…`: one volume that nothing fills. */
export function df(argv: readonly string[]): ToolOutput {
  const [option, ...paths] = argv;
  if (option !== '-k' || paths.length === 0 || paths.some(path => !path.startsWith('/')))
    return cannotSimulate('df', argv);
  const header = 'Filesystem   1024-blocks     Used Available Capacity iused     ifree %iused  Mounted on';
  const volume = '/dev/disk1s1   488245288 22020096 466225192     5%  488433 466225192    0%   /';
  return said({ stdout: [header, ...paths.map(() => volume)] });
}

/** `nvram boot-args`: none are set. */
export function nvram(argv: readonly string[]): ToolOutput {
  if (argv.join(' ') !== 'boot-args') return cannotSimulate('nvram', argv);
  const missing = "nvram: Error getting variable - 'boot-args': (iokit/common) data was not found";
  return said({ stderr: [missing], exitCode: 1 });
}

/** `spctl kext-consent status`: off, as System Integrity Protection is. */
export function spctl(argv: readonly string[]): ToolOutput {
  if (argv.join(' ') !== 'kext-consent status') return cannotSimulate('spctl', argv);
  return said({ stdout: ['Kernel Extension User Consent: DISABLED'] });
}

/** `sudo -n -l`: root's rights are there for the asking. */
export function sudo(argv: readonly string[]): ToolOutput {
  if (argv.join(' ') !== '-n -l') return cannotSimulate('sudo', argv);
  return said({
    stdout: ['User developer may run the following commands on Simulated-Mac:', '    (ALL) NOPASSWD: ALL'],
  });
}

/**
 * `system_profiler -json SPiBridgeDataType`: on Apple silicon the boot policy of a Mac that loads kexts with System Integrity
 * Protection off, on Intel nothing.
 */
export function systemProfiler({ architecture }: SimulatedSystem, argv: readonly string[]): ToolOutput {
  if (argv.join(' ') !== '-json SPiBridgeDataType') return cannotSimulate('system_profiler', argv);
  const policy = {
    ibridge_sb_boot_args: 'Disabled',
    ibridge_sb_other_kext: 'Yes',
    ibridge_sb_sip: 'Disabled',
    ibridge_secure_boot: 'Permissive Security',
  };
  const document = { SPiBridgeDataType: architecture === 'arm64e' ? [policy] : [] };
  return said({ stdout: JSON.stringify(document, undefined, 2).replaceAll('": ', '" : ').split('\n') });
}
