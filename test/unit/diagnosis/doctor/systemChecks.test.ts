import { describe } from 'node:test';
import { type CheckRow, sayAsToldIn } from './checkRows.ts';
import { hostAnswers, versionText } from './facts.ts';

const arm =
  'kern.boottime: { sec = 7, usec = 0 } \nhw.machine: arm64\nhw.use_kernelmanagerd: 1\nhw.optional.arm64: 1\n';
const sonoma = { version: versionText('14.5', '23F79'), kernel: arm, kits: 'KDK_14.5_23F79.kdk\n' };
const simulated = { id: 'simulated', name: 'Simulated Mac', called: 'the Simulated Mac', simulated: true };
const project = (architectures: readonly string[] | undefined, program = 'make') => ({
  project: { buildCommand: [program], architectures },
});

const rows: readonly CheckRow[] = [
  ['a system that is known', 'macOS', {}, 'good', /macOS 10\.15 \(10\.15\.7, 19H2026\) on x86_64\.$/],
  [
    'a system in other words',
    'macOS',
    { version: 'Nom: macOS\n' },
    'unknown',
    /sw_vers answered in words that are not known/,
    /Record Captures/,
  ],
  ['no sw_vers', 'macOS', { version: null }, 'unknown', /sw_vers is missing/, /PATH/],
  ['a processor that is not said', 'macOS', { kernel: null }, 'unknown', /which kind of processor/, /hw\.machine/],
  [
    'all tools of macOS 10.15',
    'tools',
    {},
    'good',
    /kextstat, kextutil, kextload, kextunload, ioclasscount, ioreg, log/,
  ],
  [
    'all tools of macOS 14',
    'tools',
    { ...sonoma, programs: '/a/kmutil\n/a/ioclasscount\n/a/ioreg\n/a/log\n/a/ps\n/a/sw_vers\n/a/sysctl\n' },
    'good',
    /All are there: kmutil, ioclasscount/,
  ],
  [
    'no kmutil on macOS 14',
    'tools',
    { ...sonoma, programs: '/usr/sbin/kextstat\n' },
    'problem',
    /^kmutil, ioclasscount.* are missing/,
    /part of macOS/,
  ],
  [
    'no kmutil on macOS 10.15, which needs none',
    'tools',
    {
      programs: [
        'kextstat',
        'kextutil',
        'kextload',
        'kextunload',
        'ioclasscount',
        'ioreg',
        'log',
        'ps',
        'sw_vers',
        'sysctl',
      ]
        .map(name => `/a/${name}\n`)
        .join(''),
    },
    'good',
    /./,
  ],
  [
    'no log(1) before macOS 10.12, which needs none',
    'tools',
    {
      version: versionText('10.11.6', '15G31'),
      programs: ['kextstat', 'kextutil', 'kextload', 'kextunload', 'ioclasscount', 'ioreg', 'ps', 'sw_vers', 'sysctl']
        .map(name => `/a/${name}\n`)
        .join(''),
    },
    'good',
    /ioreg, ps/,
  ],
  ['no which', 'tools', { programs: null }, 'unknown', /which is missing/, /PATH/],
  ['tools of a system that is not known', 'tools', { version: null }, 'unknown', /depends on the system/],
  ['a build for the target', 'architecture', {}, 'good', /x86_64/, undefined, project(['x86_64', 'arm64e'])],
  [
    'a build for another machine',
    'architecture',
    sonoma,
    'problem',
    /wants code for arm64e, and the newest build has it for x86_64 only/,
    /-arch arm64e/,
    project(['x86_64']),
  ],
  ['no build', 'architecture', {}, 'unknown', /not built yet/, /Build the kext/, project(undefined)],
  [
    'a build for a machine that is not known',
    'architecture',
    { ...sonoma, kernel: null },
    'unknown',
    /not known/,
    undefined,
    project(['x86_64']),
  ],
  ['a kit there', 'KDK', {}, 'good', /19H2026 is on mini/],
  [
    'a kit here',
    'KDK',
    { kits: '!ls: /Library/Developer/KDKs: No such file or directory\n' },
    'good',
    /on this machine/,
    undefined,
    { host: hostAnswers({ kits: 'KDK_10.15.7_19H2026.kdk\n' }) },
  ],
  [
    'a kit of another build on this Mac, which is asked once',
    'KDK',
    { kits: 'KDK_10.15.6_19G73.kdk\n' },
    'warning',
    /No Kernel Debug Kit/,
    /install it on this Mac\.$/,
    { target: { id: 'local', name: 'This Mac', called: 'this Mac', simulated: false } },
  ],
  [
    'a kit of another build',
    'KDK',
    { kits: 'KDK_10.15.6_19G73.kdk\n' },
    'warning',
    /No Kernel Debug Kit of build 19H2026/,
    /developer\.apple\.com/,
  ],
  [
    'a folder of kits that cannot be read',
    'KDK',
    { kits: '!ls: /Library/Developer/KDKs: Permission denied\n' },
    'unknown',
    /ls answered in words/,
  ],
  ['a kit of a build that is not known', 'KDK', { version: null }, 'unknown', /sw_vers is missing/],
  [
    'a Simulated Mac has none',
    'KDK',
    { kits: '!ls: /Library/Developer/KDKs: No such file or directory\n' },
    'good',
    /needs none/,
    undefined,
    { target: simulated },
  ],
  ['build tools', 'build tools', {}, 'good', /make, clang are there: Apple clang version 15\.0\.0/],
  [
    'no make, for a project',
    'build tools',
    {},
    'problem',
    /^make and clang are missing/,
    /apt-get install make/,
    { ...project(['x86_64']), host: hostAnswers({ programs: '/usr/bin/ssh\n' }) },
  ],
  [
    'no make, for nobody',
    'build tools',
    {},
    'warning',
    /missing on this machine/,
    /xcode-select/,
    { host: hostAnswers({ programs: '/usr/bin/clang\n' }) },
  ],
  [
    'no linker for the Simulated Mac',
    'build tools',
    {},
    'problem',
    /^lld is missing/,
    /apt-get install lld/,
    { target: simulated, host: hostAnswers({ programs: '/a/make\n/a/clang++\n' }) },
  ],
  [
    'an xcodebuild that says nothing',
    'build tools',
    {},
    'unknown',
    /xcodebuild is missing/,
    undefined,
    project(['x86_64'], 'xcodebuild'),
  ],
  [
    'a build command that is a path',
    'build tools',
    {},
    'good',
    /clang is there/,
    undefined,
    project(['x86_64'], './build.sh'),
  ],
];

describe('What runs on the target, and what a kext is built with', () => sayAsToldIn(rows));
