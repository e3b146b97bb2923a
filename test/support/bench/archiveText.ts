/**
 * An archive as `ioreg -a -l -i` prints it of a whole Mac, piece by piece, with at least so many characters: a root with its
 * diagnostics, a platform, and below it chains of devices and drivers as long as a Mac's (7 levels on average, 20 at most),
 * with user clients at their ends, each with its properties. Always the same.
 */
export function* archiveText(characters: number): Generator<string> {
  const head = headText();
  yield head;
  let written = head.length;
  for (let at = 0; written < characters; at++) {
    const chain = element(chainOf(at, chainLengths[at % chainLengths.length] ?? 0), 6);
    written += chain.length;
    yield chain;
  }
  yield `${'</array>\n</dict>\n'.repeat(3)}</plist>\n`;
}

/** What is written as one element: text, a number or a hexadecimal one, bytes, a truth, a list, a dictionary. */
type Value = string | number | bigint | boolean | Uint8Array | readonly Value[] | { readonly [key: string]: Value };

const chainLengths = [2, 2, 3, 3, 4, 5, 7, 16];

function headText(): string {
  const classes = Object.fromEntries(Array.from({ length: 1300 }, (_, at) => [`IOSampleClass${at}`, (at * 7) % 40]));
  const diagnostics = { Classes: classes, 'Instance allocation': 5_286_592 };
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
${opened({ ...identity('Root', 0, ['IORegistryEntry']), IOKitDiagnostics: diagnostics }, 0)}${opened(service('SamplePlatform', 1), 2)}${opened({ ...service('SampleExpert', 2), ...driverProperties(2) }, 4)}`;
}

/** A dictionary that ends where the first of its children begins. */
function opened(dictionary: { readonly [key: string]: Value }, depth: number): string {
  const indent = '\t'.repeat(depth + 1);
  return `${indent.slice(1)}<dict>\n${members(dictionary, depth + 1)}${indent}<key>IORegistryEntryChildren</key>\n${indent}<array>\n`;
}

/** So many devices and drivers, each below the other, and the user clients of the last one. */
function chainOf(at: number, length: number): Value {
  const id = 8 + at * 24;
  let below: readonly Value[] = Array.from({ length: 3 }, (_, client) => userClient(at, id + 20 + client));
  for (let level = length; level > 0; level--) {
    const isDriver = level % 2 === 0 || level === length;
    const properties = isDriver ? driverProperties(at + level) : deviceProperties(at + level);
    const object = service(isDriver ? 'PumpDriver' : 'PumpPort', id + level);
    below = [{ ...object, ...properties, IORegistryEntryChildren: below }];
  }
  return below[0] ?? {};
}

function userClient(at: number, id: number): Value {
  return {
    ...service('PumpUserClient', id),
    IOUserClientCreator: `pid ${300 + (id % 400)}, pumpctl`,
    IOUserClientDefaultLocking: true,
    IOUserClientDefaultLockingSetProperties: true,
    IOUserClientEntitlements: false,
    DebugState: { EventQueue: { NoFullMsg: 0, tail: 0, NotificationForce: 0, NotificationCount: at, head: 0 } },
  };
}

function identity(className: string, at: number, inheritance: readonly string[]): { readonly [key: string]: Value } {
  return {
    IOObjectClass: className,
    IOObjectInheritance: inheritance,
    IOObjectRetainCount: 5 + (at % 9),
    IORegistryEntryID: 0x1_0000_0100 + at,
    IORegistryEntryName: className,
  };
}

function service(className: string, at: number): { readonly [key: string]: Value } {
  return {
    ...identity(className, at, ['IORegistryEntry', 'IOService', 'IOSampleService', className]),
    IOServiceBusyState: 0,
    IOServiceBusyTime: at * 12_345,
    IOServiceState: 30,
  };
}

function driverProperties(at: number): { readonly [key: string]: Value } {
  return {
    CFBundleIdentifier: 'org.sample.driver.Pump',
    CFBundleIdentifierKernel: 'org.sample.driver.Pump',
    IOClass: 'PumpDriver',
    IOGeneralInterest: 'IOCommand is not serializable',
    IOMatchCategory: 'IODefaultMatchCategory',
    IOPersonalityPublisher: 'org.sample.driver.Pump',
    IOPowerManagement: { CapabilityFlags: 32768, CurrentPowerState: 2, DevicePowerState: 2, MaxPowerState: 2 },
    IOProbeScore: 1000 + (at % 90),
    IOProviderClass: 'IOSampleDevice',
    IOReportLegend: [
      {
        IOReportChannelInfo: { IOReportChannelUnit: 0 },
        IOReportChannels: Array.from({ length: 12 }, (_, channel) => [
          5_783_808_112_000_000_000n + BigInt(at * 12 + channel),
          4_295_098_369,
          `channel ${channel} & its <rate>`,
        ]),
        IOReportGroupName: 'Pump',
      },
    ],
    IOReportLegendPublic: true,
    Elements: Array.from({ length: 6 }, (_, cookie) => ({
      ElementCookie: cookie,
      IsRelative: false,
      Max: 255,
      Min: 0,
      ReportSize: 8,
      Type: 2,
      Usage: 0x30 + cookie,
      UsagePage: 1,
    })),
  };
}

function deviceProperties(at: number): { readonly [key: string]: Value } {
  return {
    IORegistryEntryLocation: (at % 32).toString(16),
    IOInterruptSpecifiers: [bytes(at, 12), bytes(at + 1, 12)],
    'acpi-path': `IOACPIPlane:/_SB/PCI0@0/PMP${at % 32}@${at.toString(16)}`,
    'class-code': bytes(at, 4),
    compatible: new TextEncoder().encode('pump,one\0pump\0'),
    'device-properties': bytes(at, 300),
    reg: bytes(at, 60),
    'serial-number': `PUMP${at}`,
  };
}

function bytes(seed: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (seed * 31 + at * 7) & 0xff);
}

function element(value: Value, depth: number): string {
  const indent = '\t'.repeat(depth);
  if (typeof value === 'string') return `${indent}<string>${escaped(value)}</string>\n`;
  if (typeof value === 'boolean') return `${indent}<${value}/>\n`;
  if (typeof value !== 'object') return `${indent}<integer>${value}</integer>\n`;
  if (value instanceof Uint8Array) return dataElement(value, indent);
  if (Array.isArray(value)) {
    const items = value.map(item => element(item, depth + 1)).join('');
    return `${indent}<array>\n${items}${indent}</array>\n`;
  }
  return `${indent}<dict>\n${members(value as { readonly [key: string]: Value }, depth + 1)}${indent}</dict>\n`;
}

/** By key, as Core Foundation sorts them. */
function members(dictionary: { readonly [key: string]: Value }, depth: number): string {
  const indent = '\t'.repeat(depth);
  return Object.keys(dictionary)
    .sort()
    .map(key => `${indent}<key>${escaped(key)}</key>\n${element(dictionary[key] ?? '', depth)}`)
    .join('');
}

/** In lines of 76 characters with their indentation, at most 8 tabs of which count, as Core Foundation breaks them. */
function dataElement(value: Uint8Array, indent: string): string {
  const tabs = indent.slice(0, 8);
  const lines =
    Buffer.from(value)
      .toString('base64')
      .match(new RegExp(`.{1,${76 - 8 * tabs.length || 76}}`, 'g')) ?? [];
  return `${indent}<data>\n${lines.map(line => `${tabs}${line}\n`).join('')}${indent}</data>\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
