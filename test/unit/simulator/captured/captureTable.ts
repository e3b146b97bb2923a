import type { TextStep } from './textSteps.ts';

/** Captures, by folder and name, of which nothing is left that a record could be made of. */
export const withoutRecords: Readonly<Record<string, string>> = {
  'captures/kextstat-refused.txt': 'the kernel gave no list',
  'captures/kmutil-showloaded-failed.txt': 'kmutil ended in an error',
  'recorded/kextstat-shim-13-arm64-cut-columns.txt': 'its author cut all columns but two out of the rows',
};

/** What captures hold that the simulated kernel cannot: no OSData, no OSSet, numbers in JSON, one plane, no secrets. */
export const unheldIn: Readonly<Record<string, readonly string[]>> = {
  'captures/ioclasscount-named.txt': ['TurbineDriver: a count that cannot be read'],
  'captures/ioreg-archive-objects.txt': [
    'TurbineUserClient "Load": a value without a form',
    'TurbineUserClient "reg": data',
  ],
  'captures/ioreg-clipped.txt': [
    'TurbineDriver: no retain, matched, active, busy',
    'TurbineDriver "Note": a value without a form',
  ],
  'captures/ioreg-cut-narrow.txt': [
    'Root: no id, retain',
    'turbine0: no id, retain',
    'TurbineDriver: no id, retain',
    'TurbineUserClient: no id, retain',
    'TurbineUserClient "IOUserClientCreator": a value without a form',
    'TurbineUserClient "IOUserClientDefaultLockin…": a value without a form',
    'TurbineLease…: no id, retain',
    '…: no id, retain',
    'boiler: no id, retain',
  ],
  'captures/ioreg-properties.txt': [
    'TurbineUserClient "reg": data',
    'TurbineUserClient "Load": a value without a form',
  ],
  'captures/kextstat-a-unknowns.txt': [
    '????: a number',
    'org.sample.driver.Mast: its architecture',
    'org.sample.driver.Mast: an empty list',
  ],
  'recorded/ioreg-l-i-IOFireWire-10.14.txt': [
    'the plane IOFireWire',
    'IOFireWireLocalNode "FireWire Self IDs": data',
    'IOFireWireLocalNode "FireWire Device ROM": data',
  ],
  // Its author left the count out.
  'recorded/ioreg-rc-single-15-probe.txt': ['vgpuProbe: no retain'],
  // Its author put `…` and ` .. ` for values.
  'recorded/ioreg-w0-l-p-IODeviceTree-10.6-wrapped.txt': [
    'the plane IODeviceTree',
    '/ "serial-number": a value without a form',
    '/ "clock-frequency": data',
    '/ "system-type": data',
    'chosen "boot-file-path": a value without a form',
    'chosen "machine-signature": data',
    'chosen "boot-kernelcache-adler32": data',
    'chosen "boot-device-path": a value without a form',
    'memory-map "BootCLUT": data',
    'memory-map "Pict-FailedBoot": data',
    'efi "firmware-revision": data',
    'efi "device-properties": a value without a form',
    'efi "firmware-vendor": data',
    'runtime-services "table": data',
    'EB9D2D31-2D88-11D3-9A16-0090273FC14D "guid": data',
    'EB9D2D31-2D88-11D3-9A16-0090273FC14D "table": data',
    '8868E871-E4F1-11D3-BC22-0080C73C8881 "table": data',
    '8868E871-E4F1-11D3-BC22-0080C73C8881 "guid": data',
    'EB9D2D30-2D88-11D3-9A16-0090273FC14D "table": data',
    'EB9D2D30-2D88-11D3-9A16-0090273FC14D "guid": data',
  ],
};

/**
 * What makes a capture's text and the rendered one the same byte by byte, without the lines of what the kernel cannot
 * hold; or why the two cannot be compared. Captures that are not here are the same as they stand.
 */
export const textDiffers: Readonly<Record<string, readonly TextStep[] | string>> = {
  'captures/ioclasscount-named.txt': ['an unreadable count'],
  'captures/ioreg-archive-held-open.txt': 'the plist package writes in a layout of its own',
  'captures/ioreg-archive-objects.txt': 'the plist package writes in a layout of its own',
  'captures/ioreg-clipped.txt': 'the terminal’s width cut it',
  'captures/ioreg-cut-narrow.txt': 'the terminal’s width cut it',
  'captures/ioreg-properties.txt': ['data and sets, read as lists', 'hexadecimals'],
  'captures/kextstat-10.6-32bit.txt': ['no UUID before 10.11', 'a narrower address of 32 bits'],
  'captures/kextstat-10.9.txt': ['no UUID before 10.11'],
  'captures/kextstat-a-unknowns.txt': 'it has what the kernel did not say, and an architecture in numbers',
  'captures/kextstat-in-report.txt': 'it is a part of a report, with blanks of its own',
  'captures/kextstat-l.txt': 'its author left out lines and blanks, and it has what the kernel did not say',
  'captures/kextstat-shim-11.txt': ['what the shim runs'],
  'rebuilt/ioclasscount-plain-from-ioreg-10.14.txt': ['another order'],
  'rebuilt/kmutil-showloaded-b-single.txt': ['blanks at the end'],
  'recorded/ioreg-l-i-IOFireWire-10.14.txt': ['a masked number'],
  'recorded/ioreg-rc-single-15-probe.txt': ['objects alone', 'an excerpt of a tree', 'no retain count'],
  'recorded/ioreg-user-client-creator-10.14.txt': ['an excerpt of a tree', 'no blank lines'],
  'recorded/ioreg-w0-l-p-IODeviceTree-10.6-wrapped.txt': ['lines wrapped', 'objects alone', 'siblings left out'],
  'recorded/kextstat-10.10-haxm-elided.txt': ['no UUID before 10.11', 'lines left out'],
  'recorded/kextstat-10.15-netdrive-first-rows.txt': ['no blanks at the start'],
  'recorded/kextstat-32bit-10.5-puredarwin.txt': ['no UUID before 10.11', 'no header', 'other blanks'],
  'recorded/kextstat-b-10.7-pl2303.txt': ['no UUID before 10.11'],
  'recorded/kextstat-k-l-10.9-ohai.txt': ['no UUID before 10.11'],
  'recorded/kextstat-shim-11.4-intel-kpi-zero.txt': ['what the shim runs'],
};
