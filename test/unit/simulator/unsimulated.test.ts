import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { SimulatedDisk } from '../../../src/simulator/simulatedDisk.ts';
import type { SimulatedMac } from '../../../src/simulator/simulatedMac.ts';
import { simulatedSystem } from '../../../src/simulator/systems/simulatedSystems.ts';
import { ls } from '../../../src/simulator/tools/copyTools.ts';
import { csrutil } from '../../../src/simulator/tools/csrutil.ts';
import { fileTool } from '../../../src/simulator/tools/fileTool.ts';
import { ioclasscount } from '../../../src/simulator/tools/ioclasscount.ts';
import { ioreg } from '../../../src/simulator/tools/ioreg.ts';
import { kextstat } from '../../../src/simulator/tools/kextstat.ts';
import { kextunload } from '../../../src/simulator/tools/kextunload.ts';
import { kmutil } from '../../../src/simulator/tools/kmutil.ts';
import { date, df, nvram, spctl, sudo, systemProfiler, which } from '../../../src/simulator/tools/machine.ts';
import { id, swVers, sysctl } from '../../../src/simulator/tools/system.ts';
import { parseKextstat } from '../../../src/tools/kextstat.ts';
import type { ToolOutput } from '../../../src/tools/port/toolOutput.ts';
import { kernelAnswer } from './kernelAnswers.ts';

const catalina = simulatedSystem('macos-10.15');
const ventura = simulatedSystem('macos-13');
const { signal } = new AbortController();
const answer = fc.sample(kernelAnswer, { numRuns: 1, seed: 7 })[0] ?? assert.fail();
/** For calls that are to ask it for nothing. */
const noMac = {} as SimulatedMac;
const noDisk = {} as SimulatedDisk;
const words = (line: string) => line.split(' ').slice(1);

describe('A call that a Mac would answer and the Simulated Mac cannot', () => {
  const calls: Readonly<Record<string, (argv: readonly string[]) => ToolOutput | Promise<ToolOutput>>> = {
    sw_vers: argv => swVers(catalina, argv),
    sysctl: argv => sysctl(ventura, 1, argv),
    csrutil,
    ioclasscount: argv => ioclasscount(answer, argv),
    ioreg: argv => ioreg(answer, argv),
    kextstat: argv => kextstat(answer, argv),
    kextunload: argv => kextunload(noMac, argv, true, signal),
    kmutil: argv => kmutil(noMac, { tool: 'kmutil', argv, asRoot: true }, signal),
    mkdir: argv => fileTool(noDisk, 'mkdir', argv, true),
    chown: argv => fileTool(noDisk, 'chown', argv, true),
    chmod: argv => fileTool(noDisk, 'chmod', argv, true),
    rm: argv => fileTool(noDisk, 'rm', argv, true),
    which: argv => which(ventura, argv),
    id: argv => id(argv, false),
    ls: argv => ls(noDisk, argv),
    date: argv => date(1, argv),
    system_profiler: argv => systemProfiler(ventura, argv),
    ...{ df, nvram, spctl, sudo },
  };
  const lines = [
    ...['sw_vers -productVersionExtra', 'sw_vers --productName', 'sw_vers -productName -buildVersion'],
    ...['sysctl', 'sysctl -a', 'sysctl hw.model', 'sysctl -n kern.boottime hw.model', 'csrutil report'],
    ...['ioclasscount --track', 'ioreg -w 80', 'ioreg -l -p IOUSB', 'ioreg -r'],
    ...['kextstat -h', 'kextstat -z', 'kextstat org.a', 'kextstat -b'],
    ...[
      'kextunload -v 6 -b org.a',
      'kextunload -c Turbine',
      'kextunload -b',
      'kextunload -v',
      'kextunload -v 0x4ff /a',
    ],
    ...['kmutil', 'kmutil inspect', 'kmutil load', 'kmutil load -p /a -r /b', 'kmutil unload -c Turbine'],
    ...['which', 'which -a ls', 'date', 'df', 'df -h /', 'df -k Library', 'nvram -p', 'nvram keepsyms'],
    ...[
      'spctl --status',
      'id',
      'id -un',
      'sudo -l',
      'ls',
      'ls -l /',
      'system_profiler -json',
      'system_profiler SPUSBDataType',
    ],
    ...['mkdir /a', 'chown root /a', 'chmod 1777 /a', 'chmod -R 1777 /a', 'rm -r /a'],
  ];
  for (const line of lines)
    it(`is told so: ${line}`, async () => {
      const [tool = ''] = line.split(' ');
      const { stdout, stderr, exitCode } = (await calls[tool]?.(words(line))) ?? assert.fail(tool);
      assert.deepEqual([stdout, exitCode], ['', 64]);
      assert.match(stderr, new RegExp(`^${tool}: (error: )?cannot simulate: ${line}\n$`));
    });

  it('kextunload that names nothing: in the words of a Mac', async () => {
    const { stderr, exitCode } = await kextunload(noMac, [], true, signal);
    assert.deepEqual([stderr, exitCode], ['No kernel extensions specified.\n', 64]);
  });
});

describe('One value of a system', () => {
  it('sw_vers: the one that is asked for, by one dash and, from macOS 11 on, by two', () => {
    assert.equal(swVers(catalina, ['-productVersion']).stdout, '10.15.7\n');
    assert.equal(swVers(catalina, ['-productName']).stdout, 'Mac OS X\n');
    assert.equal(swVers(ventura, ['-buildVersion']).stdout, '22G120\n');
    assert.equal(swVers(ventura, ['--productVersion']).stdout, '13.6\n');
  });

  it('sysctl: with its name before it, but for -n', () => {
    assert.equal(sysctl(ventura, 1, ['hw.use_kernelmanagerd']).stdout, 'hw.use_kernelmanagerd: 1\n');
    assert.equal(sysctl(ventura, 1, ['-n', 'hw.use_kernelmanagerd']).stdout, '1\n');
    assert.equal(
      sysctl(catalina, 864_000, ['kern.boottime']).stdout,
      'kern.boottime: { sec = 864000, usec = 0 } Sun Jan 11 00:00:00 1970\n',
    );
  });

  it('sysctl: a session for each start, which is the same whenever it is asked', () => {
    const session = (start: number) => sysctl(catalina, start, ['-n', 'kern.bootsessionuuid']).stdout;
    assert.match(session(864_000), /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\n$/);
    assert.equal(session(864_000), session(864_000));
    assert.notEqual(session(864_000), session(864_001));
  });

  it('sysctl: one that the system does not have', () => {
    const { stdout, stderr, exitCode } = sysctl(catalina, 1, ['-n', 'hw.use_kernelmanagerd']);
    assert.deepEqual([stdout, stderr, exitCode], ['', "sysctl: unknown oid 'hw.use_kernelmanagerd'\n", 1]);
  });
});

describe('The options of kextstat', () => {
  const [kext = assert.fail()] = answer.kexts;
  const kexts = [
    { ...kext, identifier: 'com.apple.kpi.bsd', index: 1, address: 0x3000 },
    { ...kext, identifier: 'org.sample.one', index: 2, address: 0x2000 },
    { ...kext, identifier: 'org.sample.two', index: 3, address: 0x1000 },
  ];
  const listed = (...argv: readonly string[]) => parseKextstat(kextstat({ ...answer, kexts }, argv).stdout).records;

  it('-a: the architecture in a column of its own', () => {
    const { stdout } = kextstat({ ...answer, kexts }, ['-a']);
    const head =
      'Index Refs Address            Size       Wired      Architecture       Name (Version) UUID <Linked Against>';
    assert.equal(stdout.split('\n')[0], head);
    assert.deepEqual(
      listed('-a').map(({ architecture, bundleIdentifier }) => [architecture, bundleIdentifier]),
      kexts.map(({ identifier }) => ['x86_64', identifier]),
    );
    assert.equal(stdout.split('\n')[1]?.indexOf(' com.apple.kpi.bsd'), head.indexOf(' Name'));
  });

  it('-k: not the kernel’s components; -s: by address; several in one word', () => {
    const names = (...argv: readonly string[]) => listed(...argv).map(({ bundleIdentifier }) => bundleIdentifier);
    assert.deepEqual(names('-k'), ['org.sample.one', 'org.sample.two']);
    assert.deepEqual(names('-s'), ['org.sample.two', 'org.sample.one', 'com.apple.kpi.bsd']);
    assert.deepEqual(names('-kls'), ['org.sample.two', 'org.sample.one']);
    assert.deepEqual(names('-lb', 'org.sample.one'), ['org.sample.one']);
    assert.ok(!kextstat({ ...answer, kexts }, ['--list-only']).stdout.includes('Name (Version)'));
  });
});
