import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { panicReportFolders, panicReports, panicReportText, panicReportTime } from '../../../src/tools/panicReports.ts';
import { commandLine } from '../../../src/tools/port/toolCommand.ts';
import { UnknownToolText } from '../../../src/tools/port/toolErrors.ts';
import { output } from '../simulator/fakeRunner.ts';

const [folder = ''] = panicReportFolders;
const list = panicReports(folder, false);

describe('The list of panic reports', () => {
  it('has them alone, newest first, of every macOS', () => {
    const stdout = [
      'panic-full-2023-09-21-115545.0002.ips',
      'turbined_2023-09-21-115500_test-mac.diag',
      'Kernel_2020-11-24-160624_Ada’s Mac mini (2).panic',
      'panic-base-2020-01-02-030405.000.ips',
      'shutdown_stall_2020-01-01.shutdownStall',
      'Kernel_2013-05-06-070809_test-mac.panic',
      'Retired',
      '',
    ].join('\n');
    assert.deepEqual(list.parse(output({ stdout })), {
      paths: [
        `${folder}/panic-full-2023-09-21-115545.0002.ips`,
        `${folder}/Kernel_2020-11-24-160624_Ada’s Mac mini (2).panic`,
        `${folder}/panic-base-2020-01-02-030405.000.ips`,
        `${folder}/Kernel_2013-05-06-070809_test-mac.panic`,
      ],
      refused: undefined,
    });
  });

  it('is empty where there is no such folder, and refused where it may not be read', () => {
    const missing = `ls: ${folder}: No such file or directory\n`;
    assert.deepEqual(list.parse(output({ stderr: missing, exitCode: 1 })), { paths: [], refused: undefined });
    for (const why of ['Permission denied', 'Operation not permitted']) {
      const stderr = `ls: ${folder}: ${why}\n`;
      const { refused } = list.parse(output({ stderr, exitCode: 1 }));
      assert.equal(refused, `ls: ${folder}: ${why}`);
    }
  });

  it('has no name that leads elsewhere or that a terminal acts on, whatever ls prints', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '.panic', '.ips'), (name, ending) => {
        for (const prefix of ['', 'panic-', 'Kernel_'])
          for (const path of list.parse(output({ stdout: `${prefix}${name}${ending}\n` })).paths) {
            assert.ok(path.startsWith(`${folder}/`));
            assert.doesNotMatch(path.slice(folder.length + 1), /[/\p{Cc}]|^[-.]/u);
          }
      }),
    );
    for (const name of ['../x.panic', '-rf.panic', '.hidden.panic', 'a\u001b[31m.panic', 'x.panic.sh'])
      assert.deepEqual(list.parse(output({ stdout: `${name}\n` })).paths, [], name);
  });
});

describe('A panic report', () => {
  it('is read by tools that change nothing, as root where that is needed', () => {
    assert.deepEqual([list, panicReportTime('/r', false), panicReportText('/r', true)].map(commandLine), [
      `ls -1t ${folder}`,
      'stat -f %m /r',
      'sudo cat /r',
    ]);
  });

  it('has a time, whosever stat says it', () => {
    const forms = ['macOS', 'coreutils'] as const;
    const [own, other] = forms.map(form => panicReportTime('/r', false, form));
    assert.equal(other && commandLine(other), 'stat -c %Y /r');
    for (const time of [own, other]) assert.equal(time?.parse(output({ stdout: '1606230412\n' })), 1_606_230_412);
  });

  it('has none where it went meanwhile', () => {
    for (const stderr of [
      'stat: /r: stat: No such file or directory\n',
      "stat: cannot statx '/r': No such file or directory\n",
    ])
      assert.equal(panicReportTime('/r', false).parse(output({ stderr, exitCode: 1 })), undefined);
  });

  it('whose time is not told is not taken for one that is not there', () => {
    const time = panicReportTime('/r', false);
    const missed = "stat: cannot read file system information for '%m': No such file or directory\n";
    const told = [
      { stdout: '  File: "/r"\n', stderr: missed, exitCode: 1 },
      { stderr: 'stat: /r: stat: Permission denied\n', exitCode: 1 },
      { stdout: '1606230412\n', exitCode: 1 },
      ...['', 'Nov 24', '1606230412 1606230413', '9'.repeat(40)].map(stdout => ({ stdout })),
    ];
    for (const each of told) assert.throws(() => time.parse(output(each)), UnknownToolText);
  });

  it('that cannot be read is none', () => {
    const stderr = 'cat: /r: Permission denied\n';
    assert.throws(() => panicReportText('/r', false).parse(output({ stderr, exitCode: 1 })), UnknownToolText);
  });
});
