import type { ToolOutput } from '../../tools/toolOutput.ts';
import { said } from '../toolText.ts';

/** sw_vers(1) of macOS 10.15.7. */
export function swVers(): ToolOutput {
  return said({ stdout: ['ProductName:\tMac OS X', 'ProductVersion:\t10.15.7', 'BuildVersion:\t19H2026'] });
}

/** `sysctl -n kern.boottime`; other names are answered as sysctl(8) answers unknown ones. `bootTime` in seconds. */
export function sysctl(bootTime: number, argv: readonly string[]): ToolOutput {
  const [flag, name] = argv;
  if (flag !== '-n' || name !== 'kern.boottime' || argv.length !== 2) {
    return said({ stderr: [`sysctl: unknown oid '${argv.at(-1) ?? ''}'`], exitCode: 1 });
  }
  const date = new Date(bootTime * 1000)
    .toUTCString()
    .replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5 $4');
  return said({ stdout: [`{ sec = ${bootTime}, usec = 0 } ${date}`] });
}
