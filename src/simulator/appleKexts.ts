import { createHash } from 'node:crypto';
import type { SimulatedSystem } from './systems/simulatedSystem.ts';

/** A kext that the Simulated Mac lists and whose code it does not have: data, never run. */
export interface ListedKext {
  readonly identifier: string;
  readonly version: string;
  /** Lowest version that it still stands in for (OSBundleCompatibleVersion). */
  readonly compatible: string;
  readonly uuid: string;
  readonly address: bigint;
  readonly size: number;
  readonly wired: number;
  /** Identifiers of the kexts that it is linked against. */
  readonly dependencies?: readonly string[];
  readonly classes?: readonly ListedClass[];
}

/** A class whose code is not here. */
export interface ListedClass {
  readonly name: string;
  readonly superclass: string;
  /** Its own, without what the count of a class has for subclasses. */
  readonly instances: number;
}

type Listed = readonly [identifier: string, version: string, compatible: string, size: number];

/** Libraries that are the kernel's own code: their version is the kernel's. */
const kernelLibraries: readonly (readonly [identifier: string, compatible: string, size: number])[] = [
  ['com.apple.kpi.bsd', '8.0.0b1', 0xc340],
  ['com.apple.kpi.dsep', '14.0.0', 0x5d00],
  ['com.apple.kpi.iokit', '8.0.0b1', 0x257a0],
  ['com.apple.kpi.kasan', '17.0.0', 0x57e0],
  ['com.apple.kpi.libkern', '8.0.0b1', 0x100b0],
  ['com.apple.kpi.mach', '8.0.0b1', 0x57a0],
  ['com.apple.kpi.private', '8.0.0b1', 0xdb80],
  ['com.apple.kpi.unsupported', '8.0.0b1', 0x8610],
];

const families: Readonly<Record<SimulatedSystem['architecture'], readonly Listed[]>> = {
  x86_64: [
    ['com.apple.iokit.IOACPIFamily', '1.4', '1.0.0d1', 0x9000],
    ['com.apple.driver.AppleACPIPlatform', '6.1', '1.0', 0x9d000],
    ['com.apple.iokit.IOPCIFamily', '2.9', '1.0', 0x2f000],
  ],
  arm64e: [
    ['com.apple.driver.AppleARMPlatform', '1.0.2', '1.0', 0x45000],
    ['com.apple.driver.AppleARMPMU', '1.0', '1.0', 0x12000],
    ['com.apple.iokit.IOPCIFamily', '2.9', '1.0', 0x2f000],
  ],
};

/**
 * Apple's kexts on the Simulated Mac, in load order. In a system with collections the kernel's libraries have no place of
 * their own and the kernel's UUID.
 */
export function appleKexts({ darwin, architecture, auxiliaryCollection }: SimulatedSystem): readonly ListedKext[] {
  const inKernel = auxiliaryCollection ? { address: 0n, size: 0, wired: 0, uuid: inventedUuid(`xnu ${darwin}`) } : {};
  const libraries = kernelLibraries.map(([identifier, compatible, size], at): ListedKext => {
    return { ...listed([identifier, darwin, compatible, size], at), ...inKernel };
  });
  const others = families[architecture].map((kext, at) => listed(kext, libraries.length + at));
  return [...libraries, ...others];
}

function listed([identifier, version, compatible, size]: Listed, at: number): ListedKext {
  const uuid = inventedUuid(identifier);
  return { identifier, version, compatible, uuid, address: listedAddress(at), size, wired: size };
}

/** Where the kext at a place of the list lies, from 0 on. */
export function listedAddress(at: number): bigint {
  return 0xffffff7f80000000n + BigInt(at + 1) * 0x200000n;
}

/** A UUID that is always the same for a name. */
export function inventedUuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `A${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
