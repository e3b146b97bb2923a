import { isToolWord } from './toolWords.ts';

/** Keys of the I/O Registry that say who made a device, or what it or its owner calls it. */
const keys =
  /^(?:(?:k?USB ?)?(?:Vendor|Product)(?: Name| ?String| Identification)|Product|Manufacturer|(?:Bluetooth)?DeviceName)$/;

/** Words that say nothing of whose device it is. */
const usual =
  /^(?:USB|HID|SATA|NVMe|PCIe?|SSD|HDD|Composite|Generic|Standard|Built-?in|Magic|Touch|ID|[\d.x/-]+|USB[\d.]+)$/i;

/** Whether the values of that key are names of devices. */
export function isDeviceKey(key: string): boolean {
  return keys.test(key);
}

/** Whether a name of a device tells of another vendor or of a person: neither Apple's nor made of usual words alone. */
export function isTellingDevice(name: string): boolean {
  if (/^apple\b/i.test(name)) return false;
  return name.split(/[^\p{L}\p{N}.-]+/u).some(word => word !== '' && !usual.test(word) && !isToolWord(word));
}
