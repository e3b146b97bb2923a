import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { KnownNames } from '../../../../src/tools/redaction/findOriginals.ts';
import { redactCaptures } from '../../../../src/tools/redaction/redactCaptures.ts';
import { isToolWord } from '../../../../src/tools/redaction/toolWords.ts';
import { said } from './redacted.ts';

const own = { identifiers: ['org.sample.driver.Turbine'], classes: ['TurbineRotor'], words: ['Turbine'] };
const known: KnownNames = { users: [], hosts: [], own };

function redact(stdout: string) {
  const { captures, left } = redactCaptures([said(stdout, { tool: 'kernel-log' })], known);
  assert.deepEqual(left, []);
  return captures[0]?.stdout ?? assert.fail();
}

/** As log(1) writes a message, in its own style and in JSON. */
const styles: readonly ((message: string) => string)[] = [
  message =>
    `2026-11-23 10:00:00.000000+0000 0x1f4      Default     0x0                  0      0    kernel: (Turbine) ${message}`,
  message => JSON.stringify({ eventMessage: message, processID: 0 }),
  message => message,
];
const anyStyle = fc.constantFrom(...styles);

describe('a serial number in a message', () => {
  const serial = fc.stringMatching(/^[A-Z][A-Z0-9]{3,6}[0-9][A-Z0-9]{3,5}$/);
  const forms: readonly ((value: string) => string)[] = [
    value => `found a disk, serial number ${value}`,
    value => `Serial Number: ${value}, ready`,
    value => `SN=${value} serial: ${value}`,
    value => `S/N: ${value}`,
    value => `serialNumber = "${value}"`,
    value => `serial_no=${value};`,
    value => `its serial is ${value}`,
  ];

  it('is replaced by as many characters, in every form and every style', () => {
    fc.assert(
      fc.property(serial, fc.constantFrom(...forms), anyStyle, (value, form, style) => {
        const text = style(form(value));
        const out = redact(text);
        assert.equal(out.length, text.length);
        assert.ok(!out.includes(value), out);
        assert.equal(out.replaceAll(/[A-Z0-9]{6,}/g, ''), text.replaceAll(/[A-Z0-9]{6,}/g, ''));
      }),
    );
  });

  for (const text of [
    'boot-args: serial=3 keepsyms=1',
    'serial port 115200, serial console',
    'serial number 0x12345678 of the event',
    'IOSerialBSDClient: 12 instances',
    'the SN 12345678 that nobody calls so',
  ])
    it(`is none: ${text}`, () => assert.equal(redact(text), text));
});

describe('a name of C++ that begins with a domain', () => {
  const word = fc.stringMatching(/^[jkvwz]{2}[a-z]{3,7}$/).filter(each => !isToolWord(each));
  const forms: readonly ((name: string) => string)[] = [
    name => `${name}::start(IOService *) failed`,
    name => `at __ZN${name.length}${name}5startEP9IOService + 0x12`,
    name => `vtable for ${name}, ${name}::gMetaClass`,
  ];

  it('of another vendor is replaced by as many characters', () => {
    fc.assert(
      fc.property(
        word,
        fc.constantFrom('com', 'org'),
        fc.constantFrom(...forms),
        anyStyle,
        (vendor, domain, form, style) => {
          const text = style(form(`${domain}_${vendor}_driver_Hoist`));
          const out = redact(text);
          assert.equal(out.length, text.length);
          assert.ok(!out.includes(vendor), out);
          assert.ok(out.includes('IOService') === text.includes('IOService'), out);
        },
      ),
    );
  });

  it('of a vendor with a short name is replaced as a whole, mangled or not', () => {
    const out = redact('com_foo_Driver::start __ZN14com_foo_Driver5startEv');
    assert.ok(!out.includes('foo') && out.endsWith('5startEv'), out);
  });

  for (const text of [
    'com_apple_driver_AppleUSBHub::start',
    'org_sample_driver_Turbine::stop, __ZN25org_sample_driver_Turbine4stopEv',
    'io_connect_method_t, net_init_add_x',
  ])
    it(`of Apple’s, the project’s own or of none stays: ${text}`, () => assert.equal(redact(text), text));
});

describe('a kext by which a log says who sent a message', () => {
  const heads: readonly ((sender: string) => string)[] = [
    sender =>
      `2026-11-23 10:00:00.000000+0000 0x1f4      Default     0x0                  0      0    kernel: (${sender}) `,
    sender => `2026-11-23 10:00:00.000 Df kernel[0:1f4] (${sender}) `,
    sender => `2026-11-23 10:00:00.000000+0000  localhost kernel[0]: (${sender}) `,
  ];
  const json = (sender: string, message: string) =>
    JSON.stringify({
      eventMessage: message,
      processID: 0,
      processImagePath: '/kernel',
      senderImagePath: `/Library/Extensions/${sender}.kext/Contents/MacOS/${sender}`,
    });
  const lines = (sender: string, message: string) => [
    ...heads.map(head => head(sender) + message),
    json(sender, message),
  ];

  it('is replaced where it is another vendor’s, and so are its classes, mangled or not', () => {
    for (const line of lines(
      'HoistKext',
      'Crane::lift: no, __ZN5Crane4liftEv, HoistKext: IOService::start, USBCrane',
    )) {
      const out = redact(`${line}\n`);
      assert.equal(out.length, line.length + 1);
      assert.doesNotMatch(out, /hoist|(?<!USB)Crane/i);
      assert.match(out, /::lift: no, __ZN5[A-Z][a-z]{4}4liftEv, .*: IOService::start, USBCrane/);
    }
  });

  it('stays where it is Apple’s or the project’s own', () => {
    for (const sender of ['AppleACPIPlatform', 'IOKit', 'apfs', 'Turbine', 'Sandbox', 'corecrypto'])
      for (const head of heads) {
        const line = `${head(sender)}Crane::lift: no\n`;
        assert.equal(redact(line), line);
      }
  });

  it('stays where the list of kexts has it among Apple’s', () => {
    const line = `${heads[0]?.('Gyroscope')}on\n`;
    assert.notEqual(redact(line), line);
    const list = '   12    0 0xffffff7f00000000 0x1000     0x1000     com.apple.driver.Gyroscope (1.0) <1>\n';
    assert.ok(redact(list + line).endsWith(line));
  });
});

describe('a message of any text', () => {
  it('keeps its length, and takes time that grows with it', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('serial number ', 'SN=', 'com_', '17com_a_b_'),
        (text, head) => assert.equal(redact(`${head}${text}`).length, head.length + text.length),
      ),
    );
    for (const piece of ['serial number ', 'SN: ', 'com_', 'serial: A1', 'org_a_b_c_d_e_f_g_h_i '])
      assert.ok(redact(piece.repeat(500_000 / piece.length)).length > 0);
  });
});
