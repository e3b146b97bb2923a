import { bundle, type CatalogueRow, environment, executable } from './catalogueRow.ts';

const row = { component: 'kmutil', severity: 'information', anchor: environment } as const;

/** Errors of kmutil(8) without a number of their own, and what it prints on the way. */
export const kmutilNoticeRows: readonly CatalogueRow[] = [
  {
    ...row,
    id: 'kmutil.folder',
    patterns: ['Filesystem error: Invalid directory for {*} kext bundle {kext} at {path}. Should appear in one of:'],
    severity: 'error',
    cause: '{path} is in a folder from which this system loads no kexts.',
    remedy: 'Install it in /Library/Extensions.',
    anchor: bundle,
    example:
      'Filesystem error: Invalid directory for executable kext bundle org.sample.driver.Turbine at /tmp/Turbine.kext. Should appear in one of:',
    problem: 'loadFailed',
  },
  {
    ...row,
    id: 'kmutil.architecture',
    patterns: ['Incompatible architecture: Binary is for {architecture}, but needed arch {needed}'],
    severity: 'error',
    cause: 'The executable is built for {architecture|another processor}, and this kernel needs {needed|its own}.',
    remedy: 'Build for {needed|the architecture of the Mac}, too.',
    anchor: executable,
    example: 'Incompatible architecture: Binary is for x86_64, but needed arch arm64e',
    problem: 'loadFailed',
  },
  {
    ...row,
    id: 'kmutil.notPrivileged',
    patterns: [
      "Insufficient permissions for action: Unable to load '{kext}' in unprivileged request.",
      'Insufficient permissions for action: {reason}',
    ],
    severity: 'error',
    cause: 'kmutil does this for root alone.',
    remedy: 'Run it with sudo.',
    example: "Insufficient permissions for action: Unable to load 'org.sample.driver.Turbine' in unprivileged request.",
    problem: 'notPrivileged',
  },
  {
    ...row,
    id: 'kmutil.noVariant',
    patterns: ['No variant specified, falling back to release'],
    cause: 'kmutil says which variant of the kernel it takes: release, as usual.',
    remedy: 'Nothing.',
    example: 'No variant specified, falling back to release',
  },
  {
    ...row,
    id: 'kmutil.requestingApproval',
    patterns: ['Requesting user approval (times out in 60 seconds)...'],
    cause: 'The Mac asks its user whether the kexts may be loaded, and waits for a minute.',
    remedy: 'Approve them in System Settings, Privacy & Security.',
    example: 'Requesting user approval (times out in 60 seconds)...',
    problem: 'waitingForApproval',
  },
  {
    ...row,
    id: 'kmutil.systemRestartRequired',
    patterns: ['A system reboot is required for the operation to take effect'],
    cause: 'The auxiliary collection was rebuilt. The Mac still runs on the one that it booted.',
    remedy: 'Restart the Mac.',
    example: 'A system reboot is required for the operation to take effect',
    problem: 'waitingForRestart',
  },
  {
    ...row,
    id: 'kmutil.collectionChange',
    patterns: [
      '[+] {kext} {version} {path}',
      '[-] {kext} {version} {path}',
      '[+] {kext} {version}',
      '[-] {kext} {version}',
    ],
    cause: 'A line of what changes in the auxiliary collection: + comes in, - goes out.',
    remedy: 'Nothing: check that it is the build that you mean.',
    anchor: bundle,
    example: '[+] org.sample.driver.Turbine  1.0  /Library/Extensions/Turbine.kext',
  },
  {
    ...row,
    id: 'kmutil.executing',
    patterns: ['Executing: /usr/bin/kmutil {arguments}'],
    cause: 'On macOS 11 and later the classic tools only call kmutil, which says the rest and gives the exit status.',
    remedy: 'Read the kernel’s own lines in the log: they do not come through the tool here.',
    example: 'Executing: /usr/bin/kmutil load -p /Library/Extensions/Turbine.kext',
  },
  {
    ...row,
    id: 'kmutil.noValidation',
    component: 'kextutil',
    patterns: ['-n is not a supported kmutil mode'],
    severity: 'warning',
    cause:
      'kextutil -n tests nothing on macOS 11 and later, and exits with 0 all the same. The kext was not looked at.',
    remedy: 'Use kmutil print-diagnostics -p PATH, or the checks of Kext Dev.',
    anchor: bundle,
    example: 'kextutil: -n is not a supported kmutil mode',
  },
];
