/** An answer about a system. */
export interface Answer<T> {
  readonly value: T;
  /** A sentence for whoever asks why. */
  readonly why: string;
  /** False where the system did not say enough, or the sources do not agree. */
  readonly certain: boolean;
}

/** What is asked about a system before anything is done with its kexts. */
export interface Capabilities {
  /** Lists the loaded kexts. */
  readonly listTool: Answer<'kextstat' | 'kmutil showloaded'>;
  /** Says why a bundle cannot be loaded. */
  readonly explainTool: Answer<'kextutil -nt' | 'kmutil print-diagnostics'>;
  /** Says which libraries a kext needs. */
  readonly librariesTool: Answer<'kextlibs' | 'kmutil libraries'>;
  /** Where the kernel's lines about a load or an unload are to be found. */
  readonly kernelLines: Answer<'relayed by the tool' | 'in the log'>;
  /** What prints the kernel's log. */
  readonly kernelLog: Answer<'log show --style ndjson' | 'dmesg and system.log'>;
  /** A kext of another vendor runs from the auxiliary collection, which changes at a restart only. */
  readonly fromCollection: Answer<boolean>;
  /** Where a bundle may lie that is to be loaded. */
  readonly loadsFrom: Answer<'any folder' | '/Library/Extensions'>;
  /** A build that is loaded for the first time waits for its owner's consent. */
  readonly loadNeedsApproval: Answer<boolean>;
  /** Where consent is given. */
  readonly approvedIn: Answer<'System Settings, Privacy & Security' | 'System Preferences, Security & Privacy'>;
  /** A changed build runs after a restart only. */
  readonly loadNeedsRestart: Answer<boolean>;
  /** Whether a kext can be taken out of the running kernel at all. */
  readonly unloadCanWork: Answer<'yes' | 'perhaps'>;
  /** What the kernel does where a service is busy still 15 seconds after it was told to terminate. */
  readonly terminationTimeout: Answer<'logs' | 'panics'>;
  /** When a kext that was unloaded is gone. */
  readonly unloadTakesEffect: Answer<'at once' | 'at once or at the restart'>;
  /** What a kext needs code for. */
  readonly kextArchitecture: Answer<'arm64e' | 'x86_64' | 'i386'>;
  /** The owner has to choose Reduced Security in Recovery, and to allow kexts there. */
  readonly reducedSecurityNeeded: Answer<boolean>;
  /** That choice is made. */
  readonly bootPolicyAllowsKexts: Answer<boolean>;
  /** A kext has to be signed. */
  readonly signatureNeeded: Answer<boolean>;
  /** The boot-arg kext-dev-mode lets a kext in whose signature is not valid; the tools say so, and go on. */
  readonly kextDevMode: Answer<boolean>;
  /** With which status a tool ends where the system's policy turned a kext down. */
  readonly systemPolicyExitCode: Answer<27 | undefined>;
}

/** When a row applies: where each condition that it has holds. */
export interface Conditions {
  /** That release of macOS or a later one: `11`, `10.13.2`. */
  readonly from?: string;
  /** The classic tools hand over to kmutil(8): `sysctl hw.use_kernelmanagerd`, else macOS 11 and later. */
  readonly kernelmanagerd?: true;
  /** What hw.machine begins with; unknown counts as Apple silicon. */
  readonly architecture?: 'arm64' | 'i386';
  /** System Integrity Protection is off, or at least that part of it which checks a kext's signature. */
  readonly protection?: 'off' | 'kext signing off';
  readonly policy?: 'allows kexts' | 'forbids kexts';
}

/** One answer, and when it is given. */
export interface Row<T> extends Conditions {
  readonly value: T;
  readonly why: string;
  /** The sources do not agree, or none was found. */
  readonly unsure?: true;
}

/** The rows of each question, newest system first: the first that applies is the answer. */
export const capabilityTable: {
  readonly [Question in keyof Capabilities]: readonly Row<Capabilities[Question]['value']>[];
} = {
  // kext_tools, kextstat_main.c: the shim hands over; KEXTSTAT_LEGACY_MODE=1 keeps it from that.
  listTool: [
    { kernelmanagerd: true, value: 'kmutil showloaded', why: 'kextstat only hands over to kmutil here.' },
    { value: 'kextstat', why: 'kextstat asks the kernel itself here.' },
  ],
  // kextutil(8): under the shim -n is refused with status 0, which is no "valid".
  explainTool: [
    { kernelmanagerd: true, value: 'kmutil print-diagnostics', why: 'kextutil cannot test a kext here: it has no -n.' },
    { value: 'kextutil -nt', why: 'kextutil tests a kext without loading it.' },
  ],
  // kextlibs(8), kmutil(8): the same options.
  librariesTool: [
    { kernelmanagerd: true, value: 'kmutil libraries', why: 'kmutil has taken over from kextlibs.' },
    { value: 'kextlibs', why: 'kextlibs finds the libraries of a kext.' },
  ],
  // IOKitUser, OSKext.c prints what kext_request() returns; kmutil does not.
  kernelLines: [
    { kernelmanagerd: true, value: 'in the log', why: 'kmutil does not relay what the kernel says.' },
    { value: 'relayed by the tool', why: "The tools print the kernel's lines behind `(kernel) `." },
  ],
  // log(1); from which release on it has ndjson was not found.
  kernelLog: [
    { from: '11', value: 'log show --style ndjson', why: 'The unified log prints one JSON object a line.' },
    { from: '10.12', value: 'log show --style ndjson', why: 'There is a unified log since macOS 10.12.', unsure: true },
    { value: 'dmesg and system.log', why: 'There is no unified log before macOS 10.12.' },
  ],
  // Apple, Installing a Custom Kernel Extension; xnu, OSKext.cpp.
  fromCollection: [
    { from: '11', value: true, why: 'Since macOS 11 kexts of other vendors run from the auxiliary kext collection.' },
    { value: false, why: 'Before macOS 11 a kext is linked and loaded when it is asked for.' },
  ],
  // kmutil: "Invalid directory for executable kext bundle … Should appear in one of".
  loadsFrom: [
    {
      from: '11',
      value: '/Library/Extensions',
      why: 'kmutil takes an executable kext from a system folder for kexts only.',
    },
    {
      value: 'any folder',
      why: "A bundle that root owns is loaded from wherever it is; what is loaded is a copy of root's.",
    },
  ],
  // TN2459; kext_tools, security.c: nobody is asked where csr_check() allows unapproved kexts.
  loadNeedsApproval: [
    { from: '11', value: true, why: 'A kext of another vendor gets into the collection only with consent.' },
    { from: '10.13', protection: 'off', value: false, why: 'System Integrity Protection is off: nobody is asked.' },
    { from: '10.13', value: true, why: "Since macOS 10.13 the owner is asked before a vendor's first kext loads." },
    { value: false, why: 'Before macOS 10.13 nobody is asked.' },
  ],
  approvedIn: [
    { from: '13', value: 'System Settings, Privacy & Security', why: 'It is called System Settings since macOS 13.' },
    {
      value: 'System Preferences, Security & Privacy',
      why: 'It is called System Preferences before macOS 13.',
    },
  ],
  loadNeedsRestart: [
    { from: '11', value: true, why: 'The auxiliary kext collection is built anew, and taken at the next start only.' },
    { value: false, why: 'Before macOS 11 a build runs as soon as it is loaded.' },
  ],
  // xnu, OSKext::removeKext and the flag unloadUnsupported.
  unloadCanWork: [
    {
      from: '11',
      architecture: 'arm64',
      value: 'perhaps',
      why: "By the kernel's source the kext is reset and can start again, with the same code; by Apple's article it stays until the restart.",
      unsure: true,
    },
    {
      from: '11',
      value: 'perhaps',
      why: 'The kernel refuses it where the auxiliary collection was not built to be reset and a System collection is loaded besides.',
      unsure: true,
    },
    { value: 'yes', why: 'The kernel takes a kext out as soon as nothing of it is in use.' },
  ],
  // xnu, IOService::scheduleTerminatePhase2: 4570.31.3 panics first, 6153.11.26 logs again.
  terminationTimeout: [
    { from: '10.15', value: 'logs', why: 'The kernel logs it and goes on with the unload.' },
    {
      from: '10.13.2',
      value: 'panics',
      why: 'From macOS 10.13.2 to 10.14 the kernel panics where a driver is not gone 15 seconds after it was told to terminate.',
    },
    { value: 'logs', why: 'The kernel logs it and goes on with the unload.' },
  ],
  unloadTakesEffect: [
    {
      from: '11',
      value: 'at once or at the restart',
      why: "The kernel's source unloads it at once, Apple's article at the restart; only the list of kexts tells.",
      unsure: true,
    },
    { value: 'at once', why: 'An unload that succeeds has taken the kext out.' },
  ],
  kextArchitecture: [
    { from: '11', architecture: 'arm64', value: 'arm64e', why: 'Kexts of Apple silicon are arm64e.' },
    { from: '10.8', value: 'x86_64', why: "Intel's kernel has 64 bits since macOS 10.8." },
    { architecture: 'i386', value: 'i386', why: 'This kernel has 32 bits.' },
    { value: 'x86_64', why: 'This kernel has 64 bits.' },
  ],
  reducedSecurityNeeded: [
    {
      from: '11',
      architecture: 'arm64',
      value: true,
      why: 'Apple silicon takes kexts only with Reduced Security and user management of kernel extensions, both chosen in Recovery.',
    },
    { value: false, why: 'On Intel there is no such choice.' },
  ],
  bootPolicyAllowsKexts: [
    {
      from: '11',
      architecture: 'arm64',
      policy: 'forbids kexts',
      value: false,
      why: 'The boot policy does not let kexts in.',
    },
    { from: '11', architecture: 'arm64', policy: 'allows kexts', value: true, why: 'The boot policy lets kexts in.' },
    { value: true, why: 'No boot policy was read that keeps kexts out.' },
  ],
  signatureNeeded: [
    { from: '10.9', protection: 'kext signing off', value: false, why: 'The check of signatures is off (csrutil).' },
    { from: '10.11', value: true, why: 'System Integrity Protection wants a signature for kexts.' },
    { from: '10.9', value: true, why: 'A kext needs a signature unless kext-dev-mode is on.', unsure: true },
    { value: false, why: 'Before macOS 10.9 kexts have no signature.' },
  ],
  kextDevMode: [
    { from: '10.13', value: false, why: 'Since macOS 10.13 only csrutil turns the check of signatures off.' },
    { from: '10.9', value: true, why: 'The boot-arg kext-dev-mode=1 lets an invalid signature pass.' },
    { value: false, why: 'Before macOS 10.9 no signature is checked.' },
  ],
  // TN2459; kmutil's code 27 is the same refusal.
  systemPolicyExitCode: [
    { from: '10.13', value: 27, why: 'kextload, kextutil and kmutil end with 27 where consent is missing.' },
    { value: undefined, why: 'Before macOS 10.13 no policy asks for consent.' },
  ],
};
