import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bootArguments } from '../../../src/tools/bootArguments.ts';
import { parseCapture } from '../../../src/tools/captures/captureParsers.ts';
import { currentTime } from '../../../src/tools/date.ts';
import { freeSpace } from '../../../src/tools/df.ts';
import { doctorCalls } from '../../../src/tools/doctorCalls.ts';
import { userGroups } from '../../../src/tools/id.ts';
import { kernelDebugKits } from '../../../src/tools/kernelDebugKits.ts';
import { nextBootArguments } from '../../../src/tools/nvram.ts';
import { commandLine, type ToolCommand } from '../../../src/tools/port/toolCommand.ts';
import { UnknownToolText } from '../../../src/tools/port/toolErrors.ts';
import type { ToolOutput } from '../../../src/tools/port/toolOutput.ts';
import { programVersion } from '../../../src/tools/programVersion.ts';
import { kextConsent } from '../../../src/tools/spctl.ts';
import { sudoRights } from '../../../src/tools/sudoRights.ts';
import { startupSecurity } from '../../../src/tools/systemProfiler.ts';
import { linesOf } from '../../../src/tools/text/lines.ts';
import { whichPrograms } from '../../../src/tools/which.ts';
import { said } from './said.ts';

const policy = (secureBoot: string, kexts: string) =>
  `{\n  "SPiBridgeDataType" : [\n    {\n      "ibridge_boot_uuid" : "11111111-2222-3333-4444-555555555555",\n` +
  `      "ibridge_sb_boot_args" : "Enabled",\n      "ibridge_sb_other_kext" : "${kexts}",\n` +
  `      "ibridge_secure_boot" : "${secureBoot}"\n    }\n  ]\n}\n`;

const onMac = `Filesystem   1024-blocks      Used Available Capacity iused      ifree %iused  Mounted on
/dev/disk3s1s1  482797652  11234567 319874321     4%  356214 3198743210    0%   /
/dev/disk3s5    482797652 140000000 319874321    31%  999999 3198743210    0%   /System/Volumes/Data
`;

const allowed = `Matching Defaults entries for john on test-mac:
    env_reset, env_keep+=BLOCKSIZE

User john may run the following commands on test-mac:
    (ALL) ALL
    (root) NOPASSWD: /sbin/kextload, /sbin/kextunload -b org.sample.driver.Pump, PASSWD: /bin/rm
`;

/** What a tool said, and what its command makes of that. */
const answers: readonly (readonly [
  name: string,
  command: ToolCommand<unknown>,
  output: Partial<ToolOutput>,
  expected: unknown,
])[] = [
  [
    'which: what is there',
    whichPrograms(['kextstat', 'kmutil']),
    { stdout: '/usr/sbin/kextstat\n', exitCode: 1 },
    new Map([['kextstat', '/usr/sbin/kextstat']]),
  ],
  ['which: nothing is there', whichPrograms(['kmutil']), { exitCode: 1 }, new Map()],
  ['date', currentTime(), { stdout: '1606230384\n' }, 1_606_230_384],
  [
    'df: the volumes of a Mac',
    freeSpace(['/']),
    { stdout: onMac },
    [
      { device: '/dev/disk3s1s1', size: 482_797_652, used: 11_234_567, available: 319_874_321, mountedOn: '/' },
      {
        device: '/dev/disk3s5',
        size: 482_797_652,
        used: 140_000_000,
        available: 319_874_321,
        mountedOn: '/System/Volumes/Data',
      },
    ],
  ],
  [
    'df: as Linux says it, where one path is missing',
    freeSpace(['/', '/private/tmp']),
    {
      stdout:
        'Filesystem     1K-blocks     Used Available Use% Mounted on\noverlay        100000000 60000000  40000000  60% /\n',
      stderr: 'df: /private/tmp: No such file or directory\n',
      exitCode: 1,
    },
    [{ device: 'overlay', size: 100_000_000, used: 60_000_000, available: 40_000_000, mountedOn: '/' }],
  ],
  [
    'sysctl: boot arguments',
    bootArguments(),
    { stdout: 'kern.bootargs: keepsyms=1 debug=0x100\n' },
    ['keepsyms=1', 'debug=0x100'],
  ],
  ['sysctl: none', bootArguments(), { stdout: 'kern.bootargs: \n' }, []],
  ['nvram: boot arguments', nextBootArguments(), { stdout: 'boot-args\tkeepsyms=1 -v\n' }, ['keepsyms=1', '-v']],
  [
    'nvram: none',
    nextBootArguments(),
    { stderr: "nvram: Error getting variable - 'boot-args': (iokit/common) data was not found\n", exitCode: 1 },
    [],
  ],
  [
    'ls: kits, and what lies beside them',
    kernelDebugKits(),
    { stdout: 'KDK_13.6_22G120.kdk\nKDK_10.15.7_19H2026.kdk\nReadMe.txt\nKDK_11.3_20E5186d.kdk\n' },
    [
      { name: 'KDK_13.6_22G120.kdk', build: '22G120' },
      { name: 'KDK_10.15.7_19H2026.kdk', build: '19H2026' },
      { name: 'KDK_11.3_20E5186d.kdk', build: '20E5186d' },
    ],
  ],
  [
    'ls: no kits',
    kernelDebugKits(),
    { stderr: 'ls: /Library/Developer/KDKs: No such file or directory\n', exitCode: 1 },
    [],
  ],
  [
    'ls: no kits, as Linux says it',
    kernelDebugKits(),
    { stderr: "ls: cannot access '/Library/Developer/KDKs': No such file or directory\n", exitCode: 2 },
    [],
  ],
  ['spctl: on', kextConsent(), { stdout: 'Kernel Extension User Consent: ENABLED\n' }, true],
  ['spctl: off', kextConsent(), { stdout: 'Kernel Extension User Consent: DISABLED\n' }, false],
  ['id', userGroups(), { stdout: '20 12 61 80\n' }, [20, 12, 61, 80]],
  [
    'system_profiler: Full Security',
    startupSecurity(),
    { stdout: policy('Full Security', 'No') },
    { security: 'full', allowsKexts: false, filtersBootArguments: true },
  ],
  [
    'system_profiler: Reduced Security, with kexts',
    startupSecurity(),
    { stdout: policy('Reduced Security', 'Yes') },
    { security: 'reduced', allowsKexts: true, filtersBootArguments: true },
  ],
  [
    'sudo: what it lets the user do',
    sudoRights(),
    { stdout: allowed },
    {
      kind: 'allowed',
      commands: [
        { as: '(ALL)', command: 'ALL', password: true },
        { as: '(root) NOPASSWD', command: '/sbin/kextload', password: false },
        { as: '(root)', command: '/sbin/kextunload -b org.sample.driver.Pump', password: false },
        { as: '(root) PASSWD', command: '/bin/rm', password: true },
      ],
    },
  ],
  [
    'sudo: a password',
    sudoRights(),
    { stderr: 'sudo: a password is required\n', exitCode: 1 },
    { kind: 'asksForPassword' },
  ],
  [
    'sudo: a password, in older words',
    sudoRights(),
    { stderr: 'sudo: a terminal is required to read the password; either use the -S option\n', exitCode: 1 },
    { kind: 'asksForPassword' },
  ],
  [
    'sudo: requiretty',
    sudoRights(),
    { stderr: 'sudo: sorry, you must have a tty to run sudo\n', exitCode: 1 },
    { kind: 'wantsTerminal' },
  ],
  [
    'sudo: may not',
    sudoRights(),
    { stderr: 'Sorry, user john may not run sudo on test-mac.\n', exitCode: 1 },
    { kind: 'notInSudoers' },
  ],
  [
    'sudo: not in the file',
    sudoRights(),
    { stderr: 'john is not in the sudoers file.  This incident will be reported.\n', exitCode: 1 },
    { kind: 'notInSudoers' },
  ],
  [
    'a program says its version on standard error',
    programVersion('ssh', ['-V']),
    { stderr: 'OpenSSH_9.2p1, OpenSSL 3.0.11 19 Sep 2023\n' },
    'OpenSSH_9.2p1, OpenSSL 3.0.11 19 Sep 2023',
  ],
];

/** What nobody knows: another language, another tool by that name, half an answer. */
const unknown: readonly (readonly [name: string, command: ToolCommand<unknown>, output: Partial<ToolOutput>])[] = [
  [
    'which that says what it did not find',
    whichPrograms(['kmutil']),
    { stderr: 'no kmutil in /usr/bin /bin\n', exitCode: 1 },
  ],
  ['which that tells of others', whichPrograms(['kmutil']), { stdout: '/usr/bin/python\n' }],
  ['which that was killed', whichPrograms(['kmutil']), { signal: 'SIGKILL', exitCode: null }],
  ['date in words', currentTime(), { stdout: 'Di 24 Nov 16:06:24 UTC 2020\n' }],
  [
    'df in another language',
    freeSpace(['/']),
    { stdout: 'Dateisystem 1K-Blöcke Benutzt Verfügbar Verw% Eingehängt auf\n/dev/sda1 100 60 40 60% /\n' },
  ],
  [
    'df of other units',
    freeSpace(['/']),
    { stdout: 'Filesystem 512-blocks Used Available Capacity Mounted on\n/dev/a 1 1 1 1% /\n' },
  ],
  ['df in half', freeSpace(['/']), { stdout: onMac, timedOut: true }],
  ['sysctl without the name', bootArguments(), { stderr: "sysctl: unknown oid 'kern.bootargs'\n", exitCode: 1 }],
  ['nvram that may not', nextBootArguments(), { stderr: 'nvram: (iokit/common) not permitted\n', exitCode: 1 }],
  ['ls that may not', kernelDebugKits(), { stderr: 'ls: /Library/Developer/KDKs: Permission denied\n', exitCode: 1 }],
  ['spctl without kext-consent', kextConsent(), { stderr: 'usage: spctl --assess\n', exitCode: 2 }],
  ['id with names', userGroups(), { stdout: 'staff admin\n' }],
  ['a policy in another language', startupSecurity(), { stdout: policy('Sécurité maximale', 'Non') }],
  ['a Mac without a controller', startupSecurity(), { stdout: '{ "SPiBridgeDataType" : [] }\n' }],
  ['no JSON', startupSecurity(), { stdout: 'Controller:\n' }],
  [
    'sudo in another language',
    sudoRights(),
    { stderr: 'sudo: il est nécessaire de saisir un mot de passe\n', exitCode: 1 },
  ],
  ['a program without a number', programVersion('clang', ['--version']), { stdout: 'clang\n' }],
  [
    'a program that fails',
    programVersion('xcodebuild', ['-version']),
    { stderr: 'xcode-select: error 1\n', exitCode: 1 },
  ],
];

describe('What the doctor’s tools say', () => {
  for (const [name, command, output, expected] of answers)
    it(`${name}: is understood`, () => assert.deepEqual(command.parse(said(output)), expected));

  for (const [name, command, output] of unknown)
    it(`${name}: is an unknown language`, () => assert.throws(() => command.parse(said(output)), UnknownToolText));

  for (const [name, { tool }, output] of answers.filter(([, { tool }]) => !['ssh'].includes(tool)))
    it(`${name}: leaves no line of a capture without a reading`, () => {
      const { notUnderstood } = parseCapture(tool, `${output.stdout ?? ''}${output.stderr ?? ''}`);
      assert.deepEqual(notUnderstood, []);
    });

  const words = answers.flatMap(([, , { stdout = '', stderr = '' }]) => `${stdout}${stderr}`.split('\n'));
  const text = fc
    .array(fc.oneof(fc.constantFrom(...words), fc.string(), fc.string({ unit: 'binary' })), { maxLength: 20 })
    .map(lines => lines.join('\n'));

  for (const command of [...doctorCalls(), programVersion('clang', ['--version'])])
    it(`${commandLine(command)}: any text is an answer or an unknown language`, () =>
      fc.assert(
        fc.property(text, text, fc.constantFrom(0, 1, 2, null), (stdout, stderr, exitCode) => {
          try {
            command.parse(said({ stdout, stderr, exitCode }));
          } catch (error) {
            assert.ok(error instanceof UnknownToolText, String(error));
          }
        }),
      ));

  for (const tool of new Set(doctorCalls().map(call => call.tool)))
    it(`${tool}: records, notices and lines not understood are all there is`, () =>
      fc.assert(
        fc.property(text, given => {
          const { recordLines, notices, notUnderstood } = parseCapture(tool, given);
          assert.equal(recordLines + notices.length + notUnderstood.length, linesOf(given).length);
        }),
      ));

  for (const line of [
    ' '.repeat(100_000),
    `User ${'a'.repeat(100_000)}`,
    `/dev/a${' 1'.repeat(50_000)}`,
    '(ALL) '.repeat(20_000),
  ])
    it(`a line of ${line.length} characters ${JSON.stringify(line.slice(0, 8))} is read in time`, {
      timeout: 5000,
    }, () => {
      for (const tool of ['which', 'df', 'date', 'id', 'nvram', 'spctl', 'sudo', 'ls', 'system_profiler'])
        parseCapture(tool, `${line}\nUser john may run the following commands on a:\n    ${line}\n`);
    });
});
