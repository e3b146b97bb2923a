/**
 * sysctl(8) with names. Accepted, each as one line, with ` = ` for `: ` where the tool is old:
 *   kern.boottime: { sec = 1606230384, usec = 0 } Tue Nov 24 16:06:24 2020
 *   kern.bootsessionuuid: 6A3DB1C5-0F0A-4E2C-9F0E-2D7C8B15A94E
 *   hw.machine: x86_64
 *   hw.use_kernelmanagerd: 1
 *   hw.optional.arm64: 1
 * and on standard error, for each name that the kernel does not have:
 *   sysctl: unknown oid 'hw.optional.arm64'
 */
import type { System } from '../model/system.ts';
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';

/** What the kernel says of itself; undefined for what it does not know. */
export type KernelValues = Pick<System, 'bootTime' | 'bootSession' | 'architecture' | 'usesKernelmanagerd'>;

const names = [
  'kern.boottime',
  'kern.bootsessionuuid',
  'hw.machine',
  'hw.use_kernelmanagerd',
  'hw.optional.arm64',
] as const;

/** Asks when the target's system started, what it runs on, and which daemon loads kexts. */
export function kernelValues(): ToolCommand<KernelValues> {
  return {
    tool: 'sysctl',
    argv: names,
    asRoot: false,
    timeoutMs: 10_000,
    parse: output => {
      requireWholeAnswer('sysctl', expected, output);
      const values = parseSysctl(output.stdout);
      if (values.size === 0) throw new UnknownToolText('sysctl', expected, output);
      const session = parseBootSession(values.get('kern.bootsessionuuid') ?? '');
      const kernelmanagerd = values.get('hw.use_kernelmanagerd');
      return {
        bootTime: parseBootTime(values.get('kern.boottime') ?? ''),
        ...(session === undefined ? {} : { bootSession: session }),
        // A process that Rosetta translates is told of an Intel machine.
        architecture: values.get('hw.optional.arm64') === '1' ? 'arm64' : values.get('hw.machine'),
        usesKernelmanagerd: kernelmanagerd === undefined ? undefined : kernelmanagerd !== '0',
      };
    },
  };
}

const expected = 'kern.boottime: { sec = …, usec = … }';

/** The values that sysctl printed with their names. */
export function parseSysctl(text: string): ReadonlyMap<string, string> {
  const rows = text.matchAll(/^([a-z]\w*(?:\.\w+)+)(?::| =) (\S.*)$/gm);
  return new Map([...rows].map(([, name = '', value = '']) => [name, value.trimEnd()]));
}

/** The UUID in a value of kern.bootsessionuuid; undefined where it is none, or names nothing. */
function parseBootSession(value: string): string | undefined {
  const uuid = /^[\dA-F]{8}(?:-[\dA-F]{4}){3}-[\dA-F]{12}$/i.exec(value)?.[0].toUpperCase();
  return uuid === undefined || /^[0-]+$/.test(uuid) ? undefined : uuid;
}

/** The seconds since 1970 in a value of kern.boottime; the date behind them is in the user's own words and not read. */
function parseBootTime(value: string): number | undefined {
  const seconds = /^\s*\{ sec = (\d+), usec = \d+ \}/.exec(value)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
