const names: ReadonlyMap<number, string> = new Map([
  [0x00000007, 'i386'],
  [0x01000007, 'x86_64'],
  [0x0000000c, 'arm'],
  [0x0100000c, 'arm64'],
  [0x0200000c, 'arm64_32'],
  [0x00000012, 'ppc'],
  [0x01000012, 'ppc64'],
]);

/** The name that lipo(1) and arch(3) use for a cputype and cpusubtype (mach/machine.h). */
export function architectureName(cpuType: number, cpuSubtype: number): string {
  const name = names.get(cpuType);
  // The high byte of a subtype holds capabilities, such as the version of the pointer authentication.
  const subtype = cpuSubtype & 0x00ffffff;
  if (name === 'arm64' && subtype === 2) return 'arm64e';
  if (name === 'x86_64' && subtype === 8) return 'x86_64h';
  return name ?? `cpu 0x${cpuType.toString(16)}`;
}
