/**
 * The systems that the Simulated Mac can be. The `-kept` and `-fixed` ones differ in what an unload does: the kernel's
 * source and Apple's article tell it differently, and by the source it depends on how the collection was built.
 */
export const scenarios = [
  'macos-10.15',
  'macos-13',
  'macos-15',
  'macos-13-kept',
  'macos-15-kept',
  'macos-13-fixed',
] as const;

export type Scenario = (typeof scenarios)[number];

/** What differs between one macOS and another, as far as kexts and their tools are concerned. */
export interface SimulatedSystem {
  readonly scenario: Scenario;
  /** sw_vers(1). */
  readonly productName: string;
  readonly version: string;
  readonly build: string;
  /** What sw_vers puts between a name and its value. */
  readonly separator: string;
  /** The version of the kernel, and of its com.apple.kpi.* libraries. */
  readonly darwin: string;
  /** The one for which a kext has to have code. */
  readonly architecture: 'x86_64' | 'arm64e';
  /** kernelmanagerd(8) loads kexts: the classic tools are shims over kmutil(8), and what the kernel says is in the log. */
  readonly kernelmanagerd: boolean;
  /**
   * A third-party kext runs only from the auxiliary collection, which its owner approves and a restart brings in. Without
   * one it is linked and loaded when it is asked for.
   */
  readonly auxiliaryCollection: boolean;
  /**
   * `at once`: xnu, OSKext::unload. `at the restart`: Apple's article Installing a Custom Kernel Extension. `never`: xnu,
   * of an auxiliary collection that was not built to be reset, on Intel, where there is a System collection besides.
   */
  readonly unloads: 'at once' | 'at the restart' | 'never';
}
