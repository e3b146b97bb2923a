import { describe } from 'node:test';
import { type CheckRow, sayAsToldIn } from './checkRows.ts';
import { moment, policyText, versionText } from './facts.ts';

const arm =
  'kern.boottime: { sec = 7, usec = 0 } \nhw.machine: arm64\nhw.use_kernelmanagerd: 1\nhw.optional.arm64: 1\n';
const sonoma = { version: versionText('14.5', '23F79'), kernel: arm, kits: 'KDK_14.5_23F79.kdk\n' };
const df = (free: number) =>
  `Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/a 488245288 1 ${free} 5% /\n/dev/b 99 1 99999999 5% /x\n`;
const simulated = { id: 'simulated', name: 'Simulated Mac', called: 'the Simulated Mac', simulated: true };

const rows: readonly CheckRow[] = [
  ['a fast connection', 'ssh', {}, 'good', /takes 20 ms with OpenSSH_9\.2p1, over a connection that stays open/],
  [
    'a slow connection',
    'ssh',
    {},
    'warning',
    /900 ms.*everything will be slow/,
    /wired/,
    { connection: { roundTripMs: 900, keptOpen: true } },
  ],
  [
    'a connection that is not kept',
    'ssh',
    {},
    'warning',
    /opens a connection of its own/,
    /Windows/,
    { connection: { roundTripMs: 9, keptOpen: false } },
  ],
  ['room', 'disk', {}, 'good', /445 GB of 466 GB are free on \//],
  ['little room', 'disk', { volumes: df(500_000) }, 'warning', /488 MB of .* little/, /Trash/],
  ['no room', 'disk', { volumes: df(50_000) }, 'problem', /49 MB of .* too little/, /Trash/],
  [
    'room in another language',
    'disk',
    { volumes: 'Dateisystem 1K-Blöcke\n/dev/a 1 1 1 1% /\n' },
    'unknown',
    /df answered in words/,
  ],
  ['a clock that agrees', 'clock', {}, 'good', /agree/],
  ['a clock that is a little ahead', 'clock', { time: `${moment + 61}\n` }, 'good', /60 seconds ahead/],
  ['a clock an hour ahead', 'clock', { time: `${moment + 3601}\n` }, 'warning', /60 minutes ahead/, /sntp/],
  ['a clock an hour behind', 'clock', { time: `${moment - 3600}\n` }, 'warning', /60 minutes behind/, /Date & Time/],
  ['a clock of another year', 'clock', { time: '1\n' }, 'warning', /days behind/, /Date & Time/],
  ['a clock in words', 'clock', { time: 'Tue Nov 24\n' }, 'unknown', /date answered in words/],
  ['a virtual clock', 'clock', { time: '1\n' }, 'good', /virtual/, undefined, { target: simulated }],
  ['keepsyms', 'keepsyms', {}, 'good', /keepsyms=1 is set/],
  [
    'no keepsyms',
    'keepsyms',
    { bootArguments: 'kern.bootargs: -v\n', nextBootArguments: 'boot-args\t-v\n' },
    'warning',
    /not set/,
    /nvram boot-args="-v keepsyms=1"/,
  ],
  [
    'keepsyms for the next start',
    'keepsyms',
    { bootArguments: 'kern.bootargs: -v\n' },
    'warning',
    /next start/,
    /Restart/,
  ],
  [
    'no keepsyms, and a policy that filters',
    'keepsyms',
    {
      ...sonoma,
      startup: policyText('Reduced Security', 'Yes'),
      bootArguments: 'kern.bootargs: \n',
      nextBootArguments: "!nvram: Error getting variable - 'boot-args': (iokit/common) data was not found\n",
    },
    'warning',
    /not set/,
    /filters boot arguments/,
  ],
  [
    'boot arguments that are not known',
    'keepsyms',
    { bootArguments: "!sysctl: unknown oid 'kern.bootargs'\n" },
    'unknown',
    /sysctl answered in words/,
  ],
  [
    'a Simulated Mac needs none',
    'keepsyms',
    { bootArguments: 'kern.bootargs: \n' },
    'good',
    /Simulated Mac/,
    undefined,
    { target: simulated },
  ],
  [
    'a debugger is awaited',
    'boot arguments',
    { bootArguments: 'kern.bootargs: keepsyms=1 debug=0x144\n' },
    'warning',
    /debug=0x144 .* wait for a debugger/,
    /Take it out/,
  ],
  [
    'kext-dev-mode where it does nothing',
    'boot arguments',
    { bootArguments: 'kern.bootargs: kext-dev-mode=1\n' },
    'warning',
    /does nothing here/,
    /SIP/,
  ],
];

describe('How the target is reached, and what it has', () => sayAsToldIn(rows));
