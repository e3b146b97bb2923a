/**
 * The kernel shortens bundle identifiers in a panic's list of loaded kexts, so that more of them fit (xnu, OSKext.cpp).
 * ReportCrash expands them when it writes the report; raw copies of the NVRAM keep them short.
 *   >!UHostMergeProperties    com.apple.driver.AppleUSBHostMergeProperties
 *   |IO!BSerialManager        com.apple.iokit.IOBluetoothSerialManager
 */
const prefixes: Readonly<Record<string, string>> = {
  '>': 'com.apple.driver.',
  '|': 'com.apple.iokit.',
  $: 'com.apple.security.',
  '@': 'com.apple.',
};

const words: Readonly<Record<string, string>> = {
  U: 'AppleUSB',
  A: 'Apple',
  F: 'Family',
  S: 'Storage',
  C: 'Controller',
  B: 'Bluetooth',
  I: 'Intel',
};

/** The bundle identifier that the kernel printed as `printed`; a name that is not shortened stays as it is. */
export function expandKextName(printed: string): string {
  const prefix = prefixes[printed.charAt(0)];
  const whole = prefix === undefined ? printed : prefix + printed.slice(1);
  return whole.replaceAll(/!([UAFSCBI])/g, (_, letter: string) => words[letter] ?? '');
}

/**
 * Undoes OpenCore's blind expansion in a line of a backtrace's kexts: it takes the `@` and the `>` of `@0x1000->0x1fff`
 * for shortened names and writes `com.apple.0x1000-com.apple.driver.0x1fff`.
 */
export function withoutBlindExpansion(text: string): string {
  return text.replaceAll('com.apple.0x', '@0x').replaceAll('-com.apple.driver.0x', '->0x');
}
