import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import { inventedUuid } from '../appleKexts.ts';
import type { SimulatedSystem } from '../systems/simulatedSystem.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';

/** sw_vers(1): all of it, or with `-productName`, `-productVersion` or `-buildVersion` that value alone. */
export function swVers(system: SimulatedSystem, argv: readonly string[] = []): ToolOutput {
  const { productName, version, build, separator } = system;
  const rows: readonly (readonly [name: string, value: string])[] = [
    ['ProductName', productName],
    ['ProductVersion', version],
    ['BuildVersion', build],
  ];
  if (argv.length === 0) return said({ stdout: rows.map(([name, value]) => `${name}:${separator}${value}`) });
  // The names came with two dashes later, and kept the one.
  const dashes = system.kernelmanagerd ? ['-', '--'] : ['-'];
  const asked = rows.find(([name]) => dashes.some(dash => `${dash}${uncapitalized(name)}` === argv[0]));
  return asked === undefined || argv.length > 1 ? cannotSimulate('sw_vers', argv) : said({ stdout: [asked[1]] });
}

/**
 * `sysctl [-n] NAME…` of kern.boottime, kern.bootsessionuuid, kern.bootargs, hw.machine, hw.use_kernelmanagerd, which a macOS without
 * kernelmanagerd(8) does not know, and hw.optional.arm64, which an Intel Mac does not know. `bootTime` in seconds.
 */
export function sysctl(
  { kernelmanagerd, architecture }: SimulatedSystem,
  bootTime: number,
  argv: readonly string[],
): ToolOutput {
  const valuesOnly = argv[0] === '-n';
  const names = valuesOnly ? argv.slice(1) : argv;
  const known: ReadonlyMap<string, string | undefined> = new Map([
    ['kern.boottime', `{ sec = ${bootTime}, usec = 0 } ${dateOf(bootTime)}`],
    // No two starts of one Mac are at the same second.
    ['kern.bootsessionuuid', inventedUuid(`boot ${bootTime}`)],
    ['kern.bootargs', ''],
    ['hw.machine', architecture === 'arm64e' ? 'arm64' : architecture],
    ['hw.use_kernelmanagerd', kernelmanagerd ? '1' : undefined],
    ['hw.optional.arm64', architecture === 'arm64e' ? '1' : undefined],
  ]);
  if (names.length === 0 || !names.every(name => known.has(name))) return cannotSimulate('sysctl', argv);
  const values = names.map(name => [name, known.get(name)] as const);
  const there = values.filter(([, value]) => value !== undefined);
  const missing = values.filter(([, value]) => value === undefined);
  return said({
    stdout: there.map(([name, value]) => (valuesOnly ? `${value}` : `${name}: ${value}`)),
    stderr: missing.map(([name]) => `sysctl: unknown oid '${name}'`),
    exitCode: missing.length > 0 ? 1 : 0,
  });
}

function uncapitalized(name: string): string {
  return `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5 $4');
}

/** `id -u`: root is 0, anybody else the first user that a Mac makes; `id -G`: who belongs to the group admin, which is 80. */
export function id(argv: readonly string[], asRoot: boolean): ToolOutput {
  if (argv.length === 1 && argv[0] === '-G')
    return said({ stdout: [asRoot ? '0 1 2 3 4 5 8 9 12 20 29 80' : '20 12 80'] });
  if (argv.length !== 1 || argv[0] !== '-u') return cannotSimulate('id', argv);
  return said({ stdout: [asRoot ? '0' : '501'] });
}
