import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseCapture } from '../../../../src/tools/captures/captureParsers.ts';
import { redactCaptures } from '../../../../src/tools/redaction/redactCaptures.ts';
import { isToolWord } from '../../../../src/tools/redaction/toolWords.ts';
import { storedCaptures } from '../captures.ts';
import { areReplaced, nobody, redacted, said, stay } from './redacted.ts';

const base64 = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding).toString('base64');

describe('what is private in a capture', () => {
  areReplaced([
    ['a user by a home', '/Users/johnsmith/Library/x', 'johnsmith', '/Users/'],
    ['a user by an escaped home', String.raw`"\/Users\/johnsmith\/x"`, 'johnsmith', String.raw`"\/Users\/`],
    ['a user by a home of Linux', 'in /home/johnsmith: no', 'johnsmith', 'in /home/'],
    ['a user by sudo', 'User johnsmith may run the following commands on a:', 'johnsmith', ' may run the following'],
    ['a user whom sudo refuses', 'Sorry, user johnsmith may not run sudo on a.', 'johnsmith', 'may not run sudo on '],
    [
      'a user of whom sudo has never heard',
      'johnsmith is not in the sudoers file.  This',
      'johnsmith',
      ' is not in the',
    ],
    ['a user by settings of sudo', 'Matching Defaults entries for johnsmith on a:', 'johnsmith', 'entries for '],
    ['a host by sudo', 'User a may run the following commands on johns-mini:', 'johns-mini', 'commands on '],
    ['a host whose sudo refuses', 'Sorry, user a may not run sudo on johns-mini.', 'johns-mini', 'run sudo on '],
    ['a user by a network volume', '//johnsmith@nas/x  100 60 40 60% /', 'johnsmith', '100 60 40 60% /'],
    ['a host by a network volume', '//a@johns-nas/x  100 60 40 60% /', 'johns-nas', '100 60 40 60% /'],
    ['a host by a volume of NFS', 'johns-nas:/x  100 60 40 60% /', 'johns-nas', ':/x'],
    ['a host by its name', 'JohnsMac.local said', 'JohnsMac', '.local said'],
    ['a host in system.log', 'Nov 24 16:06:24 Johns-Mac kernel[0]: hello', 'Johns-Mac', ' kernel[0]: hello'],
    [
      'a serial number in a tree',
      '  "IOPlatformSerialNumber" = "C02XK1ABJG5J"',
      'C02XK1ABJG5J',
      '"IOPlatformSerialNumber" = "',
    ],
    [
      'a serial number in a dictionary',
      '"a" = {"USB Serial Number"="0A1B2C3D4E"}',
      '0A1B2C3D4E',
      '{"USB Serial Number"="',
    ],
    [
      'a serial number in an archive',
      '<key>kUSBSerialNumberString</key>\n\t<string>A50285BI</string>',
      'A50285BI',
      '</string>',
    ],
    ['a serial number that is a number', '"Serial Number" = 1234567890', '1234567890', '"Serial Number" = '],
    ['a serial port', '"IOCalloutDevice" = "/dev/cu.usbserial-A50285BI"', 'A50285BI', '"/dev/cu.'],
    [
      'a UUID of a machine',
      '"IOPlatformUUID" = "564D4A2C-0B5E-4B63-9B4E-1C2D3E4F5A6B"',
      '564D4A2C',
      '"IOPlatformUUID" = "',
    ],
    ['an Ethernet address', 'en0: aa:bb:cc:11:22:33 up', 'aa:bb:cc:11:22:33', 'en0: '],
    ['an Ethernet address as bytes', '"IOMACAddress" = <aabbcc112233>', 'aabbcc112233', '"IOMACAddress" = <'],
    ['an IPv4 address', 'to 192.168.17.42, up', '192.168.17.42', 'to '],
    ['an IPv6 address', 'to fe80::1c2a:aaff:fe33:4455 up', '1c2a', 'to '],
    ['an e-mail address', 'Apple ID john@smith.example.org.', 'john@smith', 'Apple ID '],
    ['a network', '"IO80211SSID" = "Smiths Home"', 'Smiths Home', '"IO80211SSID" = "'],
    ['a volume by its path', '/Volumes/Johns Backup/x', 'Johns Backup', '/Volumes/'],
    [
      'a volume by its object',
      '+-o Johns Backup@2  <class AppleAPFSVolume, id 0x1>',
      'Johns Backup',
      '<class AppleAPFSVolume, id 0x1>',
    ],
    ['another vendor’s kext', 'Kext com.winchmakers.driver.Hoist is in use', 'winchmakers', 'Kext com.'],
    ['another vendor’s class', '+-o Hoist  <class IOService:HoistEngine, id 0x1>', 'HoistEngine', '<class IOService:'],
    ['a process of another vendor', '"IOUserClientCreator" = "pid 587, hoistd"', 'hoistd', '"pid 587, '],
    [
      'a program of another vendor',
      'at /Library/Winchmakers/hoist.app/Contents/MacOS/hoist',
      'hoist',
      '.app/Contents/MacOS/',
    ],
  ]);

  stay([
    [
      'Apple’s kexts, classes and places',
      'Kext com.apple.iokit.IOUSBFamily class IOUSBDevice at /System/Library/Extensions/a.kext',
    ],
    ['versions of four numbers', 'com.apple.kpi.bsd (10.15.7.1)'],
    ['times', '2026-11-23 10:00:00.000000+0000'],
    ['methods of C++', 'IOService::start and dead::beef'],
    ['a location', '+-o Pump@1F,2  <class IOPCIDevice, id 0x1>'],
    ['what every volume is called', '+-o Macintosh HD@1  <class AppleAPFSVolume, id 0x1>'],
    ['an address of zeros', '"IOMACAddress" = <000000000000>'],
    ['how a serial line works', '"IOSerialBSDClientType" = "IORS232SerialStream"'],
  ]);

  it('the project’s own names stay', () => {
    const own = { identifiers: ['org.sample.driver.Turbine'], classes: ['TurbineRotor'], words: ['Turbine'] };
    const text = 'Kext org.sample.driver.Turbine class TurbineRotor has 1 instance. /Library/Extensions/Turbine.kext';
    assert.equal(redacted(text, { ...nobody, own }), text);
  });

  it('UUIDs of Apple’s builds stay, another vendor’s goes', () => {
    const row = (name: string, uuid: string) =>
      `  178    0 0xffffff7f00000000 0x65000    0x65000    ${name} (1.2) ${uuid} <1>`;
    const [apple, other] = ['7E06746D-0000-4000-8000-000000000001', '7E06746D-0000-4000-8000-000000000002'];
    const text = `${row('com.apple.kpi.bsd', apple)}\n${row('com.winchmakers.Hoist', other)}\n`;
    const out = redacted(text, nobody, 'kextstat');
    assert.ok(out.includes(apple));
    assert.ok(!out.includes(other));
  });

  it('a user who is called like a word of the tools is hidden in the home alone', () => {
    assert.equal(
      redacted('class IOService /Users/class/x', { ...nobody, users: ['class'] }).slice(0, 23),
      'class IOService /Users/',
    );
    assert.ok(!redacted('/Users/class/x', { ...nobody, users: ['class'] }).includes('class'));
  });

  it('goes from the arguments, too, and from standard error', () => {
    const capture = said('', { argv: ['-p', '/Users/johnsmith/Turbine.kext'], stderr: 'johnsmith\n' });
    const [out] = redactCaptures([capture], nobody).captures;
    assert.ok(!JSON.stringify(out).includes('johnsmith'));
  });

  it('goes from bytes in any layout: UTF-8, UTF-16, hexadecimal', () => {
    const known = { ...nobody, users: ['jörgsmith'] };
    const datas = [base64('at jörgsmith\0'), base64('at jörgsmith', 'utf16le').replace(/(.{8})/, '$1\n\t\t')];
    for (const data of datas) {
      const out = redacted(`<key>x</key>\n<data>\n\t${data}\n</data>`, known);
      const bytes = Buffer.from(/<data>([^<]*)/.exec(out)?.[1] ?? '', 'base64').toString('latin1');
      assert.ok(!bytes.replaceAll('\0', '').includes('smith'), bytes);
      assert.equal(out.replace(/\S/g, 'x'), `<key>x</key>\n<data>\n\t${data}\n</data>`.replace(/\S/g, 'x'));
    }
    const hex = Buffer.from('at jörgsmith').toString('hex');
    assert.ok(!Buffer.from(/<(\w+)>/.exec(redacted(`"x" = <${hex}>`, known))?.[1] ?? '', 'hex').includes('smith'));
  });
});

/** Names that no tool says, so that none may be left. */
const person = fc.stringMatching(/^[jkvwz]{3}[a-z]{3,6}$/);
const lines = storedCaptures().filter(({ origin }) => origin === 'captures');
const anyCapture = fc.constantFrom(...lines);
const places: readonly ((name: string) => string)[] = [
  name => `/Users/${name}/x`,
  name => `x ${name.toUpperCase()} y`,
  name => `<key>k</key><data>${base64(`x${name}y`)}</data>`,
  name => `"k" = <${Buffer.from(name).toString('hex')}>`,
  name => `prefix${name}Suffix`,
];

describe('redaction, whatever was recorded', () => {
  it('leaves no name of a person anywhere, in no case and in no bytes', () => {
    const anywhere = fc.tuple(anyCapture, fc.constantFrom(...places), fc.nat(40));
    fc.assert(
      fc.property(person, fc.array(anywhere, { minLength: 1, maxLength: 4 }), (name, all) => {
        const captures = all.map(([{ text, tool }, place, at]) => {
          const rows = text.split('\n');
          rows.splice(at, 0, place(name));
          return said(rows.join('\n'), { tool });
        });
        const { captures: out, left } = redactCaptures(captures, { ...nobody, users: [name] });
        assert.deepEqual(left, []);
        const hex = Buffer.from(name).toString('hex');
        for (const { stdout } of out) {
          const bytes = [...stdout.matchAll(/<data>([^<]*)/g)]
            .map(([, data = '']) => atob(data.replace(/\s/g, '')))
            .join('\n');
          const text = `${stdout.replace(/<data>[^<]*/g, '')}\n${bytes}`.toLowerCase();
          assert.ok(!text.includes(name) && !text.includes(hex), text);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says the same of the same original in every capture, and never the same of two', () => {
    fc.assert(
      fc.property(fc.uniqueArray(person, { minLength: 2, maxLength: 12 }), names => {
        const text = (all: readonly string[]) => all.map(name => `/Users/${name}/x`).join('\n');
        const { captures } = redactCaptures([said(text(names)), said(text(names.toReversed()))], nobody);
        const [one = [], two = []] = captures.map(({ stdout }) => stdout.split('\n'));
        assert.deepEqual(one, two.toReversed());
        assert.equal(new Set(one).size, names.length);
      }),
    );
  });

  it('does the same to the same captures, and gives as many in the same order', () => {
    fc.assert(
      fc.property(fc.array(anyCapture, { maxLength: 4 }), all => {
        const captures = all.map(({ text, tool }) => said(text, { tool }));
        const once = redactCaptures(captures, nobody);
        assert.deepEqual(redactCaptures(captures, nobody), once);
        assert.deepEqual(
          once.captures.map(({ tool }) => tool),
          all.map(({ tool }) => tool),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('throws on no text, and keeps its length and its lines', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.oneof(
            fc.string(),
            anyCapture.map(({ text }) => text.slice(0, 300)),
          ),
        )
        .map(all => all.join('\n')),
    );
    fc.assert(
      fc.property(any, fc.string(), (text, user) => {
        const out = redacted(text, { ...nobody, users: [user] });
        assert.equal(out.length, text.length);
        assert.equal(out.split('\n').length, text.split('\n').length);
      }),
      { numRuns: 80 },
    );
  });

  for (const { name, origin, tool, text } of storedCaptures())
    it(`${origin}/${name}: parses to the same shape without what is private`, () => {
      const { captures, left } = redactCaptures([said(text, { tool })], {
        ...nobody,
        users: ['dev'],
        hosts: ['devmac.local'],
      });
      const out = captures[0]?.stdout ?? assert.fail();
      assert.deepEqual(left, []);
      assert.equal(out.length, text.length);
      const shape = (of: string) => {
        const { records, recordLines, notices, notUnderstood } = parseCapture(tool, of);
        return [records.length, recordLines, notices.length, notUnderstood.map(({ line }) => line)];
      };
      assert.deepEqual(shape(out), shape(text));
    });

  it('understands as much whatever the user is called, also like any word of a tool', () => {
    const shape = (tool: string, text: string) => {
      const { records, recordLines, notices, notUnderstood } = parseCapture(tool, text);
      return JSON.stringify([records.length, recordLines, notices.length, notUnderstood.map(({ line }) => line)]);
    };
    const tried = new Set<string>();
    for (const { tool, text } of storedCaptures()) {
      const start = text.slice(0, 8000);
      const expected = shape(tool, start);
      for (const [word] of start.matchAll(/(?<![\w$])[A-Za-z][a-z]{2,14}(?!\w)/g)) {
        const user = word.toLowerCase();
        if (isToolWord(user) || tried.has(`${tool} ${user}`)) continue;
        tried.add(`${tool} ${user}`);
        const out = redacted(start, { ...nobody, users: [user] }, tool);
        assert.equal(shape(tool, out), expected, `toolWords.ts lacks a word of ${tool}: ${user}`);
      }
    }
    assert.ok(tried.size > 100, `${tried.size} words`);
  });

  it('takes time that grows with the text: a megabyte of anything is done within seconds', { timeout: 60_000 }, () => {
    const hostile = [
      '+-o '.repeat(250_000),
      'a@'.repeat(400_000),
      `<key>${'x'.repeat(1_000_000)}`,
      '"'.repeat(1_000_000),
      '/a'.repeat(500_000),
      `a@${'z'.repeat(900_000)}`,
      '1.'.repeat(500_000),
      'fe80:'.repeat(200_000),
      '\n'.repeat(500_000),
      ' \n'.repeat(300_000),
      '1\n'.repeat(300_000),
    ];
    for (const text of hostile) assert.equal(redacted(text).length, text.length);
  });
});
