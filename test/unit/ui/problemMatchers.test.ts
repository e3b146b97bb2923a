import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { repositoryFolder } from '../../support/repository.ts';
import { capture, storedCaptures } from '../tools/captures.ts';

interface Pattern {
  readonly regexp: string;
  readonly file: number;
  readonly line?: number;
  readonly column?: number;
  readonly severity?: number;
  readonly code?: number;
  readonly message: number;
}

interface Matcher {
  readonly name: string;
  readonly pattern: Pattern;
}

const captures = storedCaptures();
let matchers: readonly Matcher[];

/** What VS Code makes a Problem of, line by line: `file:line:column:severity:[code]message`, as far as the matcher says. */
function problems(name: string, text: string): string[] {
  const pattern = matchers.find(each => each.name === name)?.pattern;
  assert.ok(pattern, name);
  const regexp = new RegExp(pattern.regexp);
  return text.split('\n').flatMap(line => {
    const match = regexp.exec(line);
    if (match === null) return [];
    const told = [pattern.file, pattern.line, pattern.column, pattern.severity];
    const place = told.flatMap(group => (group === undefined ? [] : (match[group] ?? [])));
    const code = match[pattern.code ?? -1];
    return [...place, `${code === undefined ? '' : `[${code}]`}${match[pattern.message]}`].join(':');
  });
}

before(async () => {
  const manifest = JSON.parse(await readFile(join(repositoryFolder, 'package.json'), 'utf8'));
  matchers = manifest.contributes.problemMatchers;
});

describe('$kext-clang', () => {
  it('reads errors and warnings with their places, and leaves notes and source lines alone', () => {
    assert.deepEqual(problems('kext-clang', capture('clang-errors-and-notes')), [
      "src/TurbineRotor.h:14:5:error:unknown type name 'OSDictonary'; did you mean 'OSDictionary'?",
      "src/TurbineRotor.cpp:31:12:warning:unused variable 'speed' [-Wunused-variable]",
      "src/TurbineRotor.cpp:40:1:fatal error:expected '}'",
    ]);
  });

  it('reads an old GCC’s lines, which may have no column', () => {
    assert.deepEqual(problems('kext-clang', capture('clang-gcc4')), [
      "src/Turbine.cpp:57:error:'rotor' was not declared in this scope",
      "src/Turbine.cpp:60:warning:unused variable 'speed'",
      'src/Turbine.cpp:2:25:error:IOKit/IOLib.h: No such file or directory',
    ]);
  });

  it('reads xcodebuild’s absolute paths, with spaces', () => {
    assert.deepEqual(problems('kext-clang', '/Users/dev/My Turbine/Rotor.cpp:3:1: error: unknown type name'), [
      '/Users/dev/My Turbine/Rotor.cpp:3:1:error:unknown type name',
    ]);
  });

  it('takes no time of day for a place, and no linker for a file', () => {
    assert.deepEqual(problems('kext-clang', '12:30:45: error: x\nld: error: undefined symbol'), []);
    assert.deepEqual(problems('kext-clang', capture('clang-link')), []);
  });
});

// Of Problems with one file, line and code VS Code keeps the longest: a code tells those of one kext apart.
describe('$kext-kxld', () => {
  it('reads each line that names a kext: why a load failed', () => {
    assert.deepEqual(problems('kext-kxld', capture('kextload-unresolved-symbols')), [
      'org.sample.driver.Turbine:kxld[org.sample.driver.Turbine]: The following symbols are unresolved for this kext:',
      'org.sample.driver.Turbine:[__ZN12TurbineRotor4spinEi]kxld[org.sample.driver.Turbine]: \t__ZN12TurbineRotor4spinEi',
      "org.sample.driver.Turbine:Can't load kext org.sample.driver.Turbine - link failed.",
      'org.sample.driver.Turbine:[0xdc008016]Kext org.sample.driver.Turbine failed to load (0xdc008016).',
      'org.sample.driver.Turbine:[0xdc008016]Failed to load kext org.sample.driver.Turbine (error 0xdc008016).',
      '/tmp/Turbine.kext:/tmp/Turbine.kext failed to load - (libkern/kext) link error; check the system/kernel logs for errors or try kextutil(8).',
    ]);
    assert.deepEqual(problems('kext-kxld', capture('kextload-different-copy')), [
      'org.sample.driver.Turbine:Refusing new kext org.sample.driver.Turbine, v1.4: a loaded copy with a different executable UUID is already present.',
      "/Library/Extensions/Turbine.kext:Can't load /Library/Extensions/Turbine.kext - a different UUID is already loaded.",
      '/Library/Extensions/Turbine.kext:/Library/Extensions/Turbine.kext failed to load - (libkern/kext) different version/uuid already loaded; check the system/kernel logs for errors or try kextutil(8).',
    ]);
  });

  it('and who keeps a kext from unloading', () => {
    assert.deepEqual(problems('kext-kxld', capture('kextunload-in-use')), [
      "org.sample.driver.Turbine:Can't unload kext org.sample.driver.Turbine; classes have instances:",
      'org.sample.driver.Turbine:[TurbineRotor2]Kext org.sample.driver.Turbine class TurbineRotor2 has 1 instance.',
      'org.sample.driver.Turbine:[TurbineBlade]Kext org.sample.driver.Turbine class TurbineBlade has 12 instances.',
      'org.sample.driver.Turbine:Failed to unload org.sample.driver.Turbine - (libkern/kext) kext is in use or retained (cannot unload).',
    ]);
    assert.deepEqual(problems('kext-kxld', capture('kextunload-v6-stop-failed')), [
      'org.sample.driver.Turbine:[0x5]Kext org.sample.driver.Turbine did not stop (return code 0x5).',
      "org.sample.driver.Turbine:Kext org.sample.driver.Turbine can't unload - module stop returned 0xdc008017.",
      'org.sample.driver.Turbine:Failed to unload org.sample.driver.Turbine - (libkern/kext) kext (kmod) start/stop routine failed.',
    ]);
  });

  it('in the system log, too', () => {
    const log = 'Nov  1 10:00:00 test-mac kernel[0]: Kext org.sample.tun start failed (result 0x5).';
    assert.deepEqual(problems('kext-kxld', log), [
      'org.sample.tun:[0x5]Kext org.sample.tun start failed (result 0x5).',
    ]);
  });

  it('says nothing of a load or an unload that went well', () => {
    for (const name of ['kextload-v-loaded', 'kextunload-v-unloaded'])
      assert.deepEqual(problems('kext-kxld', capture(name)), [], name);
  });
});

describe('$kext-kmutil', () => {
  it('reads the reason once, without its repetition', () => {
    assert.deepEqual(problems('kext-kmutil', capture('kextunload-shim-no-bundle')), [
      '/Library/Extensions/Sample Turbine.kext:Could not find: No bundle was found at /Library/Extensions/Sample Turbine.kext.',
    ]);
    assert.deepEqual(problems('kext-kmutil', capture('kextload-shim-restart')), [
      'org.sample.driver.Turbine:Loading extension(s): org.sample.driver.Turbine requires a reboot',
    ]);
  });
});

describe('$kext-panic', () => {
  it('reads the place that panic() writes behind its message', () => {
    const panic =
      'panic(cpu 2 caller 0xffffff7f8b2b0123): "rotor: speed 4 is out of range"@/Users/dev/Turbine/Rotor.cpp:88';
    assert.deepEqual(problems('kext-panic', panic), ['/Users/dev/Turbine/Rotor.cpp:88:rotor: speed 4 is out of range']);
    assert.deepEqual(problems('kext-panic', 'panic(cpu 0 caller 0xfffffe00135220bc): rotor: stopped @Rotor.cpp:9'), [
      'Rotor.cpp:9:rotor: stopped',
    ]);
  });

  it('says nothing of a trap, which has no place', () => {
    assert.deepEqual(
      problems('kext-panic', 'panic(cpu 0 caller 0xfffffe00135220bc): Kernel data abort. at pc 0x0'),
      [],
    );
  });
});

describe('what only lists kexts and objects', () => {
  it('has no Problem for any matcher', () => {
    const lists = captures.filter(({ name }) => /^(kextstat|ioreg|ioclasscount|kextlibs|kmutil-show)/.test(name));
    assert.ok(lists.length > 0);
    for (const { name, text } of lists)
      for (const matcher of matchers) assert.deepEqual(problems(matcher.name, text), [], `${matcher.name} in ${name}`);
  });
});

describe('in the corpus, where it is there', () => {
  it('every tool’s refusal that names a kext has a Problem', t => {
    const corpus = captures.filter(({ origin }) => origin !== 'captures');
    if (corpus.length === 0) return t.diagnostic('no corpus beside this checkout');
    const named: readonly (readonly [string, string])[] = [
      ['kext-kxld', 'recorded/kextload-kxld-unresolved-tcpcrypt.txt'],
      ['kext-kxld', 'recorded/kextload-not-loadable-space-path-xbinary.txt'],
      ['kext-kxld', 'recorded/kextload-t-notice-not-loadable.txt'],
      ['kext-kxld', 'recorded/kextload-validation-failure-mykext.txt'],
      ['kext-kxld', 'recorded/kextunload-classes-instances-horndis-flattened.txt'],
      ['kext-kxld', 'recorded/kextunload-not-found-appleusbftdi.txt'],
      ['kext-kxld', 'recorded/dmesg-kext-start-failed-tun.txt'],
      ['kext-kxld', 'rebuilt/console-module-stop-lingering.txt'],
      ['kext-kxld', 'rebuilt/kextutil-wrong-arch-10.6.txt'],
      ['kext-kxld', 'rebuilt/kextload-improper-permissions-10.14.txt'],
      ['kext-kmutil', 'rebuilt/kmutil-load-code71-no-bundle-unload.txt'],
      ['kext-clang', 'recorded/build-gcc-iokit-headers-missing-10.5.txt'],
      ['kext-clang', 'rebuilt/clang-warning-note-macro.txt'],
    ];
    for (const [matcher, name] of named) {
      const { text } = corpus.find(each => `${each.origin}/${each.name}` === name) ?? assert.fail(name);
      assert.notDeepEqual(problems(matcher, text), [], `${matcher} in ${name}`);
    }
  });
});
