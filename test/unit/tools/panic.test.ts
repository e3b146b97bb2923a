import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parsePanic } from '../../../src/tools/panic.ts';
import type { PanicLog } from '../../../src/tools/panicLog.ts';
import { linesOf } from '../../../src/tools/text/lines.ts';
import { capture } from './captures.ts';

const panicOf = (name: string): PanicLog => parsePanic(capture(name)).records[0] ?? assert.fail();

/** What each era's capture says, as far as it differs. */
const eras: Readonly<Record<string, Partial<PanicLog> & { readonly frameCount: number; readonly kexts: string }>> = {
  'panic-10.2-ppc': {
    reason: '0x300 - Data access',
    caller: undefined,
    kernelVersion: 'Darwin Kernel Version 6.8: Wed Sep 10 15:20:55 PDT 2003; root:xnu/xnu-344.49.obj~2/RELEASE_PPC',
    frameCount: 11,
    kexts: 'org.sample.driver.Pump 1.0.2 undefined-undefined',
  },
  'panic-10.5-i386': {
    reason: 'Kernel trap at 0x2e41b275, type 14=page fault, registers:',
    caller: 0x1a8cd4n,
    process: 'kernel_task',
    systemVersion: '9E17',
    loadedKexts: undefined,
    frameCount: 6,
    kexts: 'org.sample.driver.Winch 2.3 2e41a000-2e41cfff',
  },
  'panic-10.6-kext-lists': {
    reason: '"a freed zone element has been modified"@/SourceCache/xnu/xnu-1504.15.3/osfmk/kern/zalloc.c:1030',
    place: 'zalloc.c:1030',
    systemVersion: '10K549',
    unloadedKexts: [],
    frameCount: 3,
    kexts: 'org.sample.driver.Turbine 1.4.0d3 ffffff7f80a14000-ffffff7f80a1bfff',
  },
  'panic-10.14-keepsyms': {
    cpu: 2,
    bootArgs: 'keepsyms=1',
    systemVersion: '18G103',
    frameCount: 6,
    kexts:
      'com.apple.iokit.IOPCIFamily 2.9 ffffff7f8ee95000-ffffff7f8eec5fff, org.sample.driver.Pump 2.1 ffffff7f91528000-ffffff7f91556fff',
  },
  'panic-11-intel': {
    process: 'turbinectl',
    place: 'locks_i386.c:505',
    bootArgs: 'amfi_get_out_of_my_way=1',
    loadedKexts: [],
    frameCount: 2,
    kexts: 'org.sample.driver.Turbine 3.0 ffffff7fa2d54000-ffffff7fa2d58fff',
  },
  'panic-12-opencore': {
    reason: '"[Pump] the valve did not answer. Message: {117:[Pump] event_id=0x12 }.\n" com.apple.PumpValve.cpp:98',
    place: 'PumpValve.cpp:98',
    process: 'pumpd',
    pid: 146,
    systemVersion: '21H1015',
    frameCount: 2,
    kexts: 'org.sample.driver.Pump 4.0.8 ffffff7f99abf000-ffffff7f99d45fff',
  },
  'panic-13-arm64': {
    reason: 'Kernel data abort. at pc 0xfffffe001327947c, lr 0xfdc0fe00148e2af8 (saved state: 0xfffffe8820216e10)',
    process: 'turbinectl',
    pid: 322,
    systemVersion: '22G91',
    frameCount: 4,
    kexts: 'org.sample.driver.Turbine 4.1 fffffe00148b6d60-fffffe0014912a4b',
  },
};

describe('a panic log', () => {
  for (const [name, { frameCount, kexts, ...fields }] of Object.entries(eras))
    it(`of ${name}: its reason, process, system, frames and kexts`, () => {
      const panic = panicOf(name);
      for (const [field, value] of Object.entries(fields))
        assert.deepEqual(panic[field as keyof PanicLog], value, field);
      assert.equal(panic.frames.length, frameCount);
      const listed = panic.kextsInBacktrace.map(
        kext => `${kext.name} ${kext.version} ${kext.start?.toString(16)}-${kext.end?.toString(16)}`,
      );
      assert.equal(listed.join(', '), kexts);
    });

  it('has names in its frames where the kernel kept its symbols', () => {
    const [, trap, inDriver] = panicOf('panic-10.14-keepsyms').frames;
    assert.deepEqual([trap?.symbol, trap?.offset], ['_return_from_trap', undefined]);
    assert.equal(inDriver?.image, 'org.sample.driver.Pump');
    assert.equal(inDriver?.symbol, '__ZN4Pump12readPressureEPvS0_P9IOService');
    assert.equal(inDriver?.offset, 0x6cn);
    assert.equal(inDriver?.framePointer, 0xffffff91f0423c70n);
  });

  it('has addresses without the bits of pointer authentication', () => {
    const addresses = panicOf('panic-13-arm64').frames.map(({ address }) => address.toString(16));
    assert.deepEqual(addresses, ['fffffe0012d9a620', 'fffffe00148e2af8', 'fffffe00148df014', 'fffffe0012d4b7f8']);
  });

  it('tells what its kexts need, with the address range since macOS 11', () => {
    const [needed] = panicOf('panic-11-intel').kextsInBacktrace[0]?.dependencies ?? [];
    assert.equal(needed?.name, 'com.apple.iokit.IOPCIFamily');
    assert.equal(needed?.uuid, '2CE7BCB3-0766-3A94-A8D4-29BF3EBAEFBC');
    assert.deepEqual([needed?.start, needed?.end], [0xffffff8010737000n, 0xffffff8010760fffn]);
    const names = panicOf('panic-10.14-keepsyms').kextsInBacktrace[1]?.dependencies.map(({ name }) => name);
    assert.deepEqual(names, ['com.apple.iokit.IOPCIFamily', 'org.sample.driver.Winch']);
  });

  it('has a reason of many lines when it stands in quotes', () => {
    const { reason, place } = panicOf('panic-10.8-quoted-reason');
    assert.match(reason ?? '', /^"Kernel trap at .*, registers:\nCR0: [\s\S]*Fault CPU: 0x6\n"@\/SourceCache\/.*:369$/);
    assert.equal(place, 'trap.c:369');
  });

  it('names the kexts that came and went last, expanded and as printed', () => {
    const { lastLoadedKext, lastUnloadedKext, loadedKexts } = panicOf('panic-10.15-compressed-names');
    assert.deepEqual(lastLoadedKext, {
      what: 'loaded',
      at: 285810518341,
      name: 'com.apple.filesystems.msdosfs',
      printedName: '@filesystems.msdosfs',
      version: '1.10',
      address: 0xffffff7f8e5d8000n,
      size: 69632,
    });
    assert.equal(lastUnloadedKext?.name, 'com.apple.driver.AppleSMCRTC');
    assert.deepEqual(loadedKexts?.slice(0, 2), [
      { name: 'org.sample.driver.Pump', printedName: 'org.sample.driver.Pump', version: '2.2' },
      { name: 'com.apple.filesystems.msdosfs', printedName: '@filesystems.msdosfs', version: '1.10' },
    ]);
    assert.equal(panicOf('panic-11-intel').lastUnloadedKext?.what, 'stopped');
  });

  it('is read from a copy that lost its indentation and got blanks, quote marks and HTML', () => {
    const panic = panicOf('panic-copy-html');
    assert.equal(panic.place, 'Winch.cpp:77');
    assert.equal(panic.frames[1]?.address, 0xffffff7f8121b5aan);
    const [kext] = panic.kextsInBacktrace;
    assert.deepEqual([kext?.start, kext?.end], [0xffffff7f81219000n, 0xffffff7f81224fffn]);
    assert.equal(kext?.dependencies[0]?.uuid, '56AD16B5-4F29-3F74-93E7-D492B3966DE2');
    assert.deepEqual([panic.process, panic.systemVersion], ['winchctl', '14C109']);
  });

  it('says the same in an .ips file, in a cut copy of one, and as plain text', () => {
    const { line, ...plain } = panicOf('panic-13-arm64');
    const { report, line: ipsLine, ...inFile } = panicOf('panic-13-arm64-ips');
    assert.deepEqual([line, ipsLine], [1, 1]);
    assert.deepEqual(inFile, plain);
    assert.equal(report?.get('kernel')?.endsWith('/RELEASE_ARM64_T6000'), true);
    assert.equal(
      report?.get('memoryStatus'),
      '{"compressorSize":0,"pageSize":16384,"memoryPages":{"active":430211,"free":8211}}',
    );
    const copied = panicOf('panic-13-ips-cut-copy');
    assert.deepEqual(copied.frames, plain.frames);
    assert.ok(copied.details.includes('  "panicFlags" : "0x802",'));
    const { report: bridge, ...onT2 } = panicOf('panic-10.15-t2-ips');
    assert.deepEqual(onT2, panicOf('panic-10.15-compressed-names'));
    assert.equal(bridge?.get('caused_by'), 'macos');
  });

  it('is a record of its own where a file has several, as panic.log had', () => {
    const { records } = parsePanic(capture('panic-10.2-ppc'));
    assert.deepEqual(
      records.map(({ line, reason }) => [line, reason]),
      [
        [1, '0x300 - Data access'],
        [34, 'zalloc: "pump.requests" (1024 elements) retry fail 3'],
      ],
    );
    const two = parsePanic(`${capture('panic-13-arm64')}${capture('panic-11-intel')}`);
    assert.deepEqual(
      two.records.map(({ systemVersion }) => systemVersion),
      ['22G91', '20G165'],
    );
  });
});

describe('what belongs to no panic', () => {
  it('is not understood: words before, between and behind', () => {
    const text = ['My Mac died.', capture('panic-11-intel'), 'And then:', capture('panic-10.5-i386'), 'What is that?'];
    const { records, notUnderstood } = parsePanic(text.join('\n'));
    assert.equal(records.length, 2);
    assert.deepEqual(
      notUnderstood.map(line => line.text),
      ['My Mac died.', 'And then:', 'What is that?'],
    );
  });

  it('is every line of a text without a panic, one with a date or a version included', () => {
    for (const text of ['Fri Mar  2 22:10:08 2012\nNote: all is well', 'org.sample.driver.Pump 1.0', '{\n"a" : 1\n}']) {
      const { records, notUnderstood } = parsePanic(text);
      assert.deepEqual([records.length, notUnderstood.length], [0, text.split('\n').length]);
    }
  });
});

describe('nothing of a panic is lost:', () => {
  const names = [...Object.keys(eras), 'panic-copy-html', 'panic-10.8-quoted-reason'];
  for (const name of names)
    it(`each line of ${name} is a frame, a kext or a detail, verbatim`, () => {
      const { records } = parsePanic(capture(name));
      const kept = records.flatMap(panic => [
        ...panic.details,
        ...panic.frames.map(({ text }) => text),
        ...panic.kextsInBacktrace.flatMap(kext => [kext.text, ...kext.dependencies.map(({ text }) => text)]),
      ]);
      const loaded = new Set(records.flatMap(panic => panic.loadedKexts ?? []).map(kext => kext.printedName));
      for (const { text } of linesOf(capture(name)))
        assert.ok(kept.includes(text) || loaded.has(text.trim().split(/\s/)[0] ?? ''), text);
    });

  it('a line inside it that nobody knows is one of its details', () => {
    const lines = linesOf(capture('panic-13-arm64')).map(({ text }) => text);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: lines.length - 1 }), at => {
        const { records, notUnderstood } = parsePanic(
          [...lines.slice(0, at), 'a § line', ...lines.slice(at)].join('\n'),
        );
        assert.deepEqual(notUnderstood, []);
        assert.equal(records[0]?.details.includes('a § line'), true);
        assert.equal(records[0]?.loadedKexts?.length, 3);
      }),
    );
  });

  it('lists without end are read whole, on one line or on many', () => {
    for (const separator of [' ', '\n']) {
      const names = `loaded kexts:\n${`org.sample.driver.Pump 1.0${separator}`.repeat(150_000)}`;
      assert.equal(parsePanic(names).records[0]?.loadedKexts?.length, 150_000);
      const frames = `Backtrace:\n${`0x00086CBC${separator}`.repeat(150_000)}`;
      assert.equal(parsePanic(frames).records[0]?.frames.length, 150_000);
    }
  });
});
