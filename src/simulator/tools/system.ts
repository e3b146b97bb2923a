import type { ToolOutput } from '../../tools/toolOutput.ts';
import type { SimulatedSystem } from '../systems/simulatedSystem.ts';
import { said } from '../toolText.ts';

/** sw_vers(1). */
export function swVers({ productName, version, build, separator }: SimulatedSystem): ToolOutput {
  const rows = [
    ['ProductName:', productName],
    ['ProductVersion:', version],
    ['BuildVersion:', build],
  ];
  return said({ stdout: rows.map(row => row.join(separator)) });
}

/**
 * `sysctl -n` of kern.boottime and, where there is one, hw.use_kernelmanagerd; other names are answered as sysctl(8)
 * answers unknown ones. `bootTime` in seconds.
 */
export function sysctl({ kernelmanagerd }: SimulatedSystem, bootTime: number, argv: readonly string[]): ToolOutput {
  const [flag, name] = argv;
  if (flag === '-n' && argv.length === 2) {
    if (name === 'kern.boottime') return said({ stdout: [`{ sec = ${bootTime}, usec = 0 } ${dateOf(bootTime)}`] });
    if (name === 'hw.use_kernelmanagerd' && kernelmanagerd) return said({ stdout: ['1'] });
  }
  return said({ stderr: [`sysctl: unknown oid '${argv.at(-1) ?? ''}'`], exitCode: 1 });
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5 $4');
}
