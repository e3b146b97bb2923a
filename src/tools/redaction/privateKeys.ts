import { isDeviceKey } from './deviceNames.ts';
import type { PrivateKind } from './original.ts';

const kinds: readonly (readonly [kind: PrivateKind, keys: RegExp])[] = [
  ['network', /SSID/i],
  ['address', /\bmac\b|MAC-?Address|BD_?ADDR|bluetooth.*address|(hardware|ethernet|device).?address/i],
  ['UUID', /UUID|UDID|GUID/i],
  ['e-mail', /e-?mail|apple.?id/i],
  ['host', /(computer|host).?name/i],
  ['user', /user.?name|full.?user|\bphone/i],
  ['volume', /volume.?name|^FullName$/i],
  [
    'serial number',
    /serial|wwn|world.?wide|ECID|unique.?chip|IMEI|MEID|ICCID|\bMLB\b|\bROM\b|EDID|TTY(Device|Suffix)$/i,
  ],
];

/** Keys of the I/O Registry whose values say how a serial line works, or which string of a device is meant. */
const harmless = /^IOSerial(?!Number)|SerialBSD|SerialStream|^iSerialNumber$/;

/** What the values of that key of the I/O Registry are, where they tell one machine or person from another. */
export function privateKind(key: string): PrivateKind | undefined {
  if (harmless.test(key)) return undefined;
  return isDeviceKey(key) ? 'device' : kinds.find(([, keys]) => keys.test(key))?.[0];
}
