import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseCapture } from '../../../../src/tools/captures/captureParsers.ts';

const rows: readonly (readonly [
  tool: string,
  text: string,
  records: number,
  notices: number,
  notUnderstood: number,
])[] = [
  ['sw_vers', 'ProductName:\tmacOS\nProductVersion:\t13.6\nBuildVersion:\t22G120\n', 3, 0, 0],
  ['sysctl', 'kern.boottime: { sec = 1606230384, usec = 0 } Tue Nov 24 16:06:24 2020\nhw.machine: x86_64\n', 2, 0, 0],
  ['sysctl', "sysctl: unknown oid 'hw.optional.arm64'\nwhat\n", 0, 1, 1],
  ['csrutil', 'System Integrity Protection status: enabled.\n', 1, 0, 0],
  ['ps', '    1 /sbin/launchd\n', 1, 0, 0],
  ['kernel-log', '{"eventMessage":"a"}\n{"count":1,"finished":1}\n', 1, 1, 0],
  ['kextstat', 'Executing: /usr/bin/kmutil showloaded\n', 0, 1, 0],
  ['ls', 'drwxr-xr-x  3 0  0  96 Jan  9 09:41 /Library/Extensions\n', 1, 0, 0],
  ['ls', '12884953 /Library/Extensions/Pump.kext\n', 1, 0, 0],
  ['ls', 'ls: /Library/Extensions/Pump.kext: No such file or directory\n', 0, 1, 0],
  ['ls', 'KDK_13.6_22G120.kdk\nReadMe\n', 1, 1, 0],
  ['openssl', `SHA256(/Library/Extensions/Pump.kext/Contents/Info.plist)= ${'0a'.repeat(32)}\nwhat\n`, 1, 0, 1],
  [
    'plutil',
    '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict/>\n</plist>\n/a/Info.plist: file does not exist or is not readable or is not a regular file\nwhat\n',
    1,
    1,
    1,
  ],
  ['plutil', '/a/Info.plist: Property List error: Unexpected character x at line 1\n<plist version="1.0">\n', 0, 1, 1],
  ['openssl', '/a/Info.plist: No such file or directory\n', 0, 1, 0],
  ['find', '/a/Info.plist\0/b c/Info.plist\0\nfind: /d: Permission denied\nwhat\n', 1, 1, 1],
  ['rm', '', 0, 0, 0],
  ['rm', 'rm: no\n\nsuch\n', 0, 0, 2],
  ['constructor', 'text\n', 0, 0, 1],
];

describe('a capture is parsed by its tool', () => {
  for (const [tool, text, records, notices, notUnderstood] of rows)
    it(`${tool}: ${JSON.stringify(text.slice(0, 40))}`, () => {
      const parsed = parseCapture(tool, text);
      assert.deepEqual(
        [parsed.records.length, parsed.notices.length, parsed.notUnderstood.length],
        [records, notices, notUnderstood],
      );
    });
});
