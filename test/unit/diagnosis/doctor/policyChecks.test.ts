import { describe } from 'node:test';
import { type CheckRow, sayAsToldIn } from './checkRows.ts';
import { mini, policyText, versionText } from './facts.ts';

const arm =
  'kern.boottime: { sec = 7, usec = 0 } \nhw.machine: arm64\nhw.use_kernelmanagerd: 1\nhw.optional.arm64: 1\n';
const intel11 = 'hw.machine: x86_64\nhw.use_kernelmanagerd: 1\n';
const sonoma = { version: versionText('14.5', '23F79'), kernel: arm, kits: 'KDK_14.5_23F79.kdk\n' };
const enabled = 'System Integrity Protection status: enabled.\n';
const custom =
  'System Integrity Protection status: unknown (Custom Configuration).\n\nConfiguration:\n\tKext Signing: disabled\n';
const mavericks = { version: versionText('10.9.5', '13F1911'), protection: null };
const yosemite = { version: versionText('10.10.5', '14F2511'), protection: null };
const allowed = (row: string) => `User john may run the following commands on mini:\n    ${row}\n`;

const rows: readonly CheckRow[] = [
  ['SIP off', 'SIP', {}, 'good', /a kext needs none/],
  ['SIP on', 'SIP', { protection: enabled }, 'warning', /has to be signed/, /csrutil enable --without kext/],
  ['SIP without its check of signatures', 'SIP', { protection: custom }, 'good', /a kext needs none/],
  [
    'SIP in a way that it does not say',
    'SIP',
    { protection: 'System Integrity Protection status: unknown (Custom Configuration).\n' },
    'unknown',
    /does not say/,
  ],
  [
    'SIP in another language',
    'SIP',
    { protection: 'statut : activé\n' },
    'unknown',
    /csrutil answered in words/,
    /Record Captures/,
  ],
  ['no csrutil on a macOS that has it', 'SIP', { protection: null }, 'unknown', /csrutil is missing/],
  [
    'before SIP, a signature is wanted',
    'SIP',
    { ...yosemite, bootArguments: 'kern.bootargs: \n' },
    'warning',
    /has to be signed/,
    /kext-dev-mode=1/,
  ],
  [
    'before SIP, with kext-dev-mode',
    'SIP',
    { ...yosemite, bootArguments: 'kern.bootargs: kext-dev-mode=1\n' },
    'good',
    /an invalid signature passes/,
  ],
  [
    'before SIP, with boot arguments that are not known',
    'SIP',
    { ...mavericks, bootArguments: null },
    'unknown',
    /sysctl is missing/,
  ],
  [
    'before signatures',
    'SIP',
    { version: versionText('10.8.5', '12F45'), protection: null },
    'good',
    /a kext needs none/,
  ],
  ['Intel has no boot policy', 'boot policy', { ...sonoma, kernel: intel11 }, 'good', /no boot policy/],
  [
    'Reduced Security with kexts',
    'boot policy',
    { ...sonoma, startup: policyText('Reduced Security', 'Yes') },
    'good',
    /lets kexts in: Reduced Security, kexts allowed/,
  ],
  [
    'Permissive Security with kexts',
    'boot policy',
    { ...sonoma, startup: policyText('Permissive Security', 'Yes') },
    'good',
    /Permissive/,
  ],
  [
    'Reduced Security without kexts',
    'boot policy',
    { ...sonoma, startup: policyText('Reduced Security', 'No') },
    'problem',
    /keeps kexts out/,
    /Startup Security Utility/,
  ],
  [
    'Full Security',
    'boot policy',
    { ...sonoma, startup: policyText('Full Security', 'No') },
    'problem',
    /keeps kexts out: Full Security/,
    /power button/,
  ],
  [
    'a boot policy in another language',
    'boot policy',
    { ...sonoma, startup: policyText('Volle Sicherheit', 'Nein') },
    'unknown',
    /system_profiler answered in words/,
    /sudo bputil -d/,
  ],
  [
    'no system_profiler on Apple silicon',
    'boot policy',
    { ...sonoma, startup: null },
    'unknown',
    /system_profiler is missing/,
    /System Information/,
  ],
  ['a boot policy of a machine that is not known', 'boot policy', { ...sonoma, kernel: null }, 'unknown', /not known/],
  ['consent with SIP off', 'kext consent', {}, 'good', /Nobody is asked/],
  [
    'consent before macOS 10.13',
    'kext consent',
    { version: versionText('10.12.6', '16G29'), protection: enabled },
    'good',
    /Nobody is asked/,
  ],
  [
    'consent with SIP on, on a far screen',
    'kext consent',
    { protection: enabled },
    'warning',
    /System Preferences, Security & Privacy/,
    /screen of mini/,
  ],
  ['consent on macOS 14', 'kext consent', sonoma, 'warning', /System Settings, Privacy & Security/, /screen of mini/],
  [
    'consent on this Mac',
    'kext consent',
    { protection: enabled },
    'good',
    /waits for consent/,
    undefined,
    { target: { ...mini, id: 'local', called: 'this Mac' } },
  ],
  [
    'consent that is turned off',
    'kext consent',
    { protection: enabled, consent: 'Kernel Extension User Consent: DISABLED\n' },
    'good',
    /turned off/,
  ],
  [
    'consent that is turned off, which macOS 14 does not heed',
    'kext consent',
    { ...sonoma, consent: 'Kernel Extension User Consent: DISABLED\n' },
    'warning',
    /waits for consent/,
    /mini/,
  ],
  [
    'spctl in other words',
    'kext consent',
    { protection: enabled, consent: '!usage: spctl\n' },
    'unknown',
    /spctl answered in words/,
  ],
  ['sudo with a password', 'sudo', {}, 'good', /asks for a password/],
  [
    'sudo with a password, for somebody who is no administrator',
    'sudo',
    { groups: '20 12\n' },
    'warning',
    /no administrator/,
    /sudo -l/,
  ],
  ['sudo with a password, for groups that are not known', 'sudo', { groups: null }, 'good', /asks for a password/],
  ['sudo without a password', 'sudo', { sudo: allowed('(ALL) NOPASSWD: ALL') }, 'good', /no password/],
  ['sudo that may ask', 'sudo', { sudo: allowed('(ALL : ALL) ALL') }, 'good', /may ask for a password/],
  [
    'sudo for two tools',
    'sudo',
    { sudo: allowed('(root) NOPASSWD: /sbin/kextload, /sbin/kextunload') },
    'warning',
    /some commands only: \/sbin\/kextload, \/sbin\/kextunload/,
    /sudoers/,
  ],
  [
    'not in sudoers',
    'sudo',
    { sudo: '!Sorry, user john may not run sudo on mini.\n' },
    'problem',
    /may not use sudo/,
    /administrator/,
  ],
  [
    'not in the sudoers file',
    'sudo',
    { sudo: '!john is not in the sudoers file.  This incident will be reported.\n' },
    'problem',
    /may not use sudo/,
    /administrator/,
  ],
  ['no sudo', 'sudo', { sudo: null }, 'problem', /There is no sudo/, /root/],
  [
    'requiretty',
    'sudo',
    { sudo: '!sudo: sorry, you must have a tty to run sudo\n' },
    'warning',
    /wants a terminal/,
    /visudo/,
  ],
  ['sudo in another language', 'sudo', { sudo: '!sudo : mot de passe requis\n' }, 'unknown', /sudo answered in words/],
];

describe('What lets a kext in', () => sayAsToldIn(rows));
