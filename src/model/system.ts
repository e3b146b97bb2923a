import type { Boot } from './boot.ts';

/** What a target says of its system: everything that decides which tools it has and how it takes kexts. */
export interface SystemFacts {
  /** `10.15.7`; of a system that is not known, whatever it said. */
  readonly version: string;
  /** `19H2026` */
  readonly build?: string | undefined;
  /** What its kernel runs on: `x86_64`, `arm64`, `i386` (sysctl hw.machine); undefined where it did not say. */
  readonly architecture?: string | undefined;
  /** kernelmanagerd(8) loads kexts (sysctl hw.use_kernelmanagerd); undefined where it did not say. */
  readonly usesKernelmanagerd?: boolean | undefined;
  /** csrutil(8); undefined where it did not say. */
  readonly integrityProtection?: IntegrityProtection | undefined;
  /** Of Apple silicon; undefined where it was not asked, and where it could not be read. */
  readonly bootPolicy?: BootPolicy | undefined;
}

/** How far the system protects itself (System Integrity Protection), as far as it matters to kexts. */
export interface IntegrityProtection {
  readonly status: 'enabled' | 'disabled' | 'unknown';
  /** True where a kext has to be signed; undefined where that was not said. */
  readonly kextSigning: boolean | undefined;
}

/** What the owner of a Mac with Apple silicon chose in Recovery. */
export interface BootPolicy {
  readonly security: 'full' | 'reduced' | 'permissive';
  /** "Allow user management of kernel extensions". */
  readonly allowsKexts: boolean;
}

/** The system that a target runs. */
export interface System extends SystemFacts, Boot {}
