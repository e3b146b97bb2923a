import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseKernelLog, parseSystemLog } from '../../../src/tools/kernelLog.ts';
import type { LogEvent } from '../../../src/tools/log/logEvent.ts';
import { capture } from './captures.ts';

const told = (events: readonly LogEvent[]) =>
  events.map(({ process, pid, sender, subsystem, category, type }) =>
    [process, pid, sender, subsystem === undefined ? undefined : `${subsystem}:${category}`, type].join(' '),
  );
const facts = (events: readonly LogEvent[]) =>
  events.flatMap(event => event.facts.map(({ kind, line }) => `${line} ${kind}`));

describe('log(1), default style', () => {
  const { records } = parseKernelLog(capture('log-default'));

  it('says whose each message is', () => {
    assert.deepEqual(told(records), [
      'kernel 0 Turbine  Default',
      'kernel 0 Sandbox  Error',
      'kernel 0 Turbine  Default',
      'kernel 0 Turbine  Default',
      'kernel 0   Default',
      'kernel 0   Default',
      'kernel 0   Default',
      'kernel 0   Default',
      'kernelmanagerd 100  com.apple.kernelmanagerd.logging:LoadRequestResolution Default',
      'TurbineHelper 28508 loginsupport org.sample.TurbineHelper:IPC Info',
    ]);
  });

  it('has the kernel’s own words about kexts and services, on their lines', () => {
    assert.deepEqual(facts(records), [
      '8 threadTimedOut',
      '9 classesHaveInstances',
      '10 classInstances',
      '11 classInstances',
    ]);
  });

  it('keeps a message of several lines whole, blank ones in it too, and what nobody may read', () => {
    assert.equal(records[8]?.message.split('\n').length, 5);
    assert.deepEqual(
      records.slice(2, 4).map(({ message }) => message),
      ['<private>', '<compose failure [3D1B7C52-0A44-3E19-9C1F-52A7E0D4F6B8]>'],
    );
  });

  it('ends with how many messages it had, which are none', () => {
    const { records: events, notices, notUnderstood } = parseKernelLog(capture('log-default-footer'));
    assert.deepEqual(
      events.map(({ message }) => message),
      ['TurbineDriver: started', 'TurbineDriver: the speeds are\n---- one ----\n  400'],
    );
    assert.deepEqual(
      notices.map(notice => notice.slice(0, 10)),
      ['Timestamp ', '-'.repeat(10), 'Log      -', 'Activity -', 'dev@bench '],
    );
    assert.deepEqual(notUnderstood, []);
  });

  it('without its columns has the kernel’s messages, each with its sender', () => {
    for (const parse of [parseKernelLog, parseSystemLog]) {
      const { records: events, notUnderstood } = parse(capture('kernel-log-undated'));
      assert.deepEqual(notUnderstood, []);
      assert.deepEqual(
        events.map(({ process, sender, message }) => [process, sender, message.trim().slice(0, 24)]),
        [
          ['kernel', 'Turbine', 'TurbineDriver: started'],
          ['kernel', 'IOKit', "Can't unload kext org.sa"],
          ['kernel', 'IOKit', 'Kext org.sample.driver.T'],
          ['kernel', undefined, "Can't unload kext org.sa"],
          ['kernel', 'IOKit', 'Kext org.sample.driver.T'],
          ['kernel', 'IOKit', 'Kext org.sample.driver.T'],
          ['kernel', undefined, 'TurbineDriver: stopped'],
        ],
      );
      assert.deepEqual(facts(events), [
        '2 classesHaveInstances',
        '3 classInstances',
        '4 classesHaveInstances',
        '5 classInstances',
        '6 classInstances',
      ]);
    }
  });

  it('of 10.13 has no TTL', () => {
    const old = parseKernelLog(capture('log-default-10.13')).records;
    assert.deepEqual(told(old).slice(0, 2), ['kernel 0 Turbine  Default', 'kernel 0   Default']);
    assert.deepEqual(facts(old), ['3 startFailed', '4 kextFailedToLoad', '5 kextFailedToLoad']);
  });
});

describe('The other styles of log(1)', () => {
  it('syslog: the host, and no type', () => {
    const { records } = parseKernelLog(capture('log-syslog'));
    assert.deepEqual(told(records).at(-1), 'com.apple.kextd 61 IOKit com.apple.kextd:unload ');
    assert.deepEqual(records.map(({ host, message }) => `${host} ${message}`)[0], 'localhost the rotor turns');
    assert.deepEqual(facts(records), ['4 didNotStop', '5 moduleStopReturned']);
  });

  it('compact: the type in letters, the thread behind the process', () => {
    const { records } = parseKernelLog(capture('log-compact'));
    assert.deepEqual(
      records.map(({ type, thread }) => `${type} ${thread}`),
      ['Default 0x8c8', 'Error 0x9b86', 'Default 0x8c8', 'Info 0x1f3'],
    );
    assert.deepEqual(facts(records), ['4 notFound']);
  });

  it('json and ndjson say the same', () => {
    const [json, ndjson] = ['log-json', 'log-ndjson'].map(name => parseKernelLog(capture(name)).records);
    const said = (events: readonly LogEvent[] = []) => events.map(({ line: _, text: __, facts: ___, ...rest }) => rest);
    assert.deepEqual(said(json), said(ndjson));
    assert.deepEqual(told(ndjson ?? []), [
      'kernel 0 Turbine  Default',
      'kernel 0   Default',
      'turbined 311  org.sample.turbined:start Error',
    ]);
    assert.deepEqual(facts(json ?? []), ['32 outstandingReferences']);
  });

  it('an array on one line: the line is counted once', () => {
    const { records, recordLines, notUnderstood } = parseKernelLog(
      '[{"eventMessage":"a"},{"eventMessage":"b"},{"c":1}]',
    );
    assert.deepEqual([records.map(({ message }) => message), recordLines], [['a', 'b'], 1]);
    assert.deepEqual(notUnderstood, [{ line: 0, text: '{"c":1}' }]);
  });

  it('an array that is cut off at its beginning goes on with the next object', () => {
    const lines = capture('log-json').split('\n');
    const { records, notices, notUnderstood } = parseKernelLog(lines.slice(3).join('\n'));
    assert.deepEqual([records.length, notices, notUnderstood.length], [2, ['    ]'], 27]);
  });
});

describe('dmesg', () => {
  const { records } = parseKernelLog(capture('dmesg'));

  it('has a message of the kernel on each line, whatever a driver writes', () => {
    assert.equal(records.length, 15);
    assert.ok(records.every(({ process, repeated }) => process === 'kernel' || repeated === 2));
    assert.equal(records[4]?.message, 'Turbine: pump[3]: pressure 12:30:05 low');
  });

  it('has the facts of each', () => {
    assert.deepEqual(facts(records), [
      '6 startFailed',
      '7 kextFailedToLoad',
      '8 kextFailedToLoad',
      '9 classMissing',
      '10 symbolsUnresolved',
      '11 linkerItem',
      '13 classesHaveInstances',
      '14 classInstances',
    ]);
  });

  it('does not pass off another tool’s tables, documents or bytes as the kernel’s', () => {
    const lines = [
      'Index Refs Address            Size       Wired      Name (Version) <Linked Against>',
      '  121    0 0xffffff7f80e9d000 0x4000     0x4000     org.sample.driver.Pump (1) <5 4>',
      '+-o Pump  <class Pump, id 0x100000213, registered, matched, active, busy 0, retain 5>',
      '  | |   "IOClass" = "Pump"',
      '    "eventMessage" : "x",',
      '  },{',
      '<key>OSBundleLibraries</key>',
      '\x00\x01\x02',
      'log: Could not open the archive',
    ];
    assert.deepEqual(
      parseKernelLog(lines.join('\n')).notUnderstood.map(({ text }) => text),
      lines,
    );
  });
});

describe('OSReportWithBacktrace()', () => {
  for (const name of ['log-backtrace-report', 'dmesg-backtrace-report'])
    it(`is one event in ${name}, with who called it`, () => {
      const { records } = parseKernelLog(capture(name));
      const [report] = records.flatMap(event => event.report ?? []);
      assert.deepEqual(report?.addresses.slice(0, 2), [0xffffff7f8c5e1a2bn, 0xffffff7f8c5e1c00n]);
      const [kext] = report?.kexts ?? [];
      assert.deepEqual(
        [kext?.bundleIdentifier, kext?.version, kext?.start, kext?.end],
        ['org.sample.driver.Turbine', '1.2', 0xffffff7f8c5e0000n, 0xffffff7f8c5effffn],
      );
      assert.equal(records.at(-1)?.message, 'TurbineDriver: stopped');
    });
});

describe('system.log and the Console', () => {
  it('say the host, the process and the level', () => {
    const { records } = parseSystemLog(capture('system-log'));
    assert.deepEqual(
      records.map(({ host, process, pid, type }) => [host, process, pid, type].join(' ')),
      [
        'Sample-MacBook.local com.apple.kextd 20 ',
        'Sample-MacBook.local com.apple.kextd 20 ',
        '   ',
        'Sample-MacBook kernel 0 Notice',
        'Sample-MacBook com.apple.xpc.launchd 1 ',
        'Sample-MacBook com.apple.xpc.launchd 1 ',
        'localhost syslogd 47 ',
      ],
    );
    assert.equal(records[2]?.repeated, 1);
    assert.equal(records[6]?.message.split('\n').length, 3);
  });

  it('print their dates in the user’s language, which is kept as it is', () => {
    const { records } = parseSystemLog(capture('console-dates'));
    assert.deepEqual(
      records.map(({ timestamp }) => timestamp),
      [
        '3/14/16 9:26:53.000 AM',
        '3/14/16 9:26:53.000 AM',
        '27.3.16 23:44:52.636',
        'Oct 22, 2018, 7:16:19 PM',
        '22/10/2018 19:16:19,250',
        '2016-03-14 09:26:53.000',
        '22. Okt. 2018, 19:16:19',
        '22 oct. 2018 à 19:16:19',
        '2018年10月22日 19:16:19',
      ],
    );
    assert.equal(facts(records).length, 8);
  });

  it('come from install.log, too', () => {
    const row =
      '2023-10-08 11:56:23+08 bench installd[842]: ./postinstall: (kernel) Kext a.b start failed (result 0x5).';
    const { records, notUnderstood } = parseSystemLog(row);
    assert.deepEqual(notUnderstood, []);
    assert.partialDeepStrictEqual(records, [
      { timestamp: '2023-10-08 11:56:23+08', host: 'bench', process: 'installd' },
    ]);
  });

  it('keep a line that says nobody’s name', () => {
    const { notUnderstood } = parseSystemLog('Jul  6 11:50:10 mac kernel[0]: a\nsomething\n\tb\n');
    assert.deepEqual(notUnderstood, [
      { line: 2, text: 'something' },
      { line: 3, text: '\tb' },
    ]);
  });

  it('take the kernel’s words from another process only where it marks them', () => {
    const row = (message: string) => `Jul  6 11:50:10 mac kextd[20]: ${message}`;
    const own = "Can't unload kext a.b; classes have instances:";
    const { records } = parseSystemLog([row(own), row(`(kernel) ${own}`)].join('\n'));
    assert.deepEqual(facts(records), ['2 classesHaveInstances']);
  });
});
