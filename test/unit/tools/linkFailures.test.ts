import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseKextutil } from '../../../src/tools/kextutil.ts';
import { collectionFindings } from '../../../src/tools/kmutil/collectionFindings.ts';
import { kextFindingTexts } from '../../../src/tools/messages/kextFindingTexts.ts';

const kext = 'org.sample.driver.Turbine';

/** Every message of the kernel's linker, by what it says. */
const ofLinker = {
  symbolsUnresolved: ['The following symbols are unresolved for this kext:'],
  symbolsDefinedTwice: ['The following symbols were defined more than once:'],
  commonSymbols: [
    'The following common symbols were not resolved:',
    'Common symbols are not supported in kernel extensions. Use -fno-common to build your kext. The following are common symbols:',
  ],
  obsoleteSymbol: ['This kext uses obsolete symbol _turbine_spin.'],
  weakReferencesUntested: [
    'This kext has weak references but does not test for them. Test for weak references with OSKextSymbolIsResolved(). (found in <libkern/OSKextLib.h>)',
  ],
  superclassFinal: ["Class 'TurbineRotor' is a subclass of final class 'TurbineBlade'."],
  vtableMissing: [
    "Cannot find the vtable '__ZTV12TurbineRotor' for class 'TurbineRotor'. This vtable symbol is required for binary compatibility, and it may have been stripped.",
  ],
  vtableMalformed: [
    "The vtable '__ZTV12TurbineRotor' is malformed. Make sure your kext has been built against the correct headers.",
  ],
  superclassVtableOutdated: [
    "The super class vtable '__ZTV9IOService' for vtable '__ZTV12TurbineRotor' is out of date. Make sure your kext has been built against the correct headers.",
  ],
  methodNotImplemented: [
    "The vtable for TurbineRotor is unpatchable because its class declares the method 'TurbineRotor::spin()' without providing an implementation.",
  ],
  superclassVtableNotPatched: [
    'The vtable for TurbineRotor was not patched because its parent, the vtable for TurbineBlade, was not patchable.',
  ],
  pureVirtualCalled: [
    "This kext calls a pure virtual function. Make sure your kext's OSObject-derived classes implement all pure virtual functions.",
  ],
  classMacrosMissing: [
    "Warning: relocation failed because some class in this kext didn't use the OSDeclareDefaultStructors and OSDefineMetaClassAndStructors, or didn't export all vtable symbols, so it still references __ZTV12TurbineRotor, x",
  ],
  kmodInfoMissing: ['The kext is missing its kmod_info structure.'],
  architectureNotLinked: [
    'The kext does not contain a fat slice for the target architecture.',
    'The target architecture (cputype 0x7) is not supported by kxld.',
  ],
  executableMalformed: [
    'The Mach-O filetype 0x2 is not supported on the target architecture.',
    'The Mach-O file has been truncated. Make sure your Mach-O header structures are correct.',
    'The Mach-O file is malformed: bad section',
    'A relocation entry has overflowed. The kext may be too far from one of its dependencies.',
  ],
  linkerItem: ['\t__ZN12TurbineRotor4spinEv', '\t_turbine_spin: 0x1000 - 0x2000', '    Turbine::spin(int, int)'],
  linkerMessage: ['Something of a later system.'],
};

describe("What the kernel's linker says is understood", () => {
  for (const [kind, messages] of Object.entries(ofLinker))
    for (const message of messages)
      it(`as ${kind}: ${message.trim()}`, () => {
        const text = `kxld[${kext}]: ${message}`;
        for (const line of [text, `(kernel) ${text}`])
          assert.partialDeepStrictEqual(parseKextutil(line).records, [{ kind, kext, text: line }]);
      });
});

/** Every message of the builder of collections. */
const ofBuilder = {
  symbolNotBound: [
    `Failed to bind '_turbine_spin' in '${kext}' (at offset 0x7f8 in __DATA_CONST, __auth_got) as could not find a kext which exports this symbol`,
  ],
  libraryNotFound: [
    `Failed to bind '_turbine_spin' in '${kext}' as could not find a kext with 'org.sample.lib.Gear' bundle-id`,
  ],
  weakSymbolNotBound: ["Failed to bind weak '_turbine_spin' as could not find a define in self"],
  weakSymbolNotInKernel: ["Weak bind symbol '_turbine_spin' not found in kernel"],
  weakReferencesUntested: [
    'Has weak references but does not test for them. Test for weak references with OSKextSymbolIsResolved().',
  ],
  vtableMalformed: [
    "Malformed vtable.  Super class '__ZTV9IOService' has 190 entries vs subclass '__ZTV12TurbineRotor' with 180 entries",
  ],
  superclassVtableNotExported: [
    `Superclass vtable '__ZTV12TurbineRotor' is not exported from '${kext}' or its dependencies`,
  ],
  vtablesNotExported: [
    `Class vtables '__ZTV12TurbineRotor' or '__ZTVN12TurbineRotor9MetaClassE' is not exported from '${kext}'`,
  ],
  metaclassSymbolMissing: [
    `Cannot find symbol for metaclass pointed to by '__ZN12TurbineRotor9metaClassE' in '${kext}'`,
  ],
  vtableUnpatched: ["Found unpatched vtable: '__ZTV12TurbineRotor' with unpatched superclass '__ZTV9IOService'"],
  kmodInfoVersionUnsupported: ['unsupported kmod_info version of 2'],
  textSegmentMissing: ["in '/Library/Extensions/Turbine.kext/Contents/MacOS/Turbine' missing __TEXT segment"],
  linkingPrevented: ['One or more binaries has an error which prevented linking.  See other errors.'],
  notPlaced: ['cannot be placed in kernel collection\n  because: kexts must have a _kmod_info symbol'],
};

describe('What the builder of collections says is understood', () => {
  for (const [kind, messages] of Object.entries(ofBuilder))
    for (const message of messages) {
      it(`as ${kind}, in each of its places: ${message}`, () => {
        for (const [told, about] of [
          [`    1: Could not use '${kext}' because: ${message}`, kext],
          [`org.sample.driver.Winch specific:\n    1: ${message}`, 'org.sample.driver.Winch'],
        ] as const)
          assert.partialDeepStrictEqual(collectionFindings(told), [{ kind, about }]);
        assert.partialDeepStrictEqual(collectionFindings(message), [{ kind, text: message }]);
      });
    }

  it('message by message where nothing stands between them', () => {
    const all = Object.values(ofBuilder).flat();
    for (const first of all)
      for (const second of all) {
        if (second.startsWith('cannot be placed') || second.startsWith('Has weak')) continue;
        const told = collectionFindings(`    2: Could not use '${kext}' because: ${first}${second}`);
        assert.deepEqual(
          told.map(({ text }) => text.replace(/^Could not use '.*' because: /, '')),
          [first, second].map(text => text.replace(/\n\s*/, '\n  ')),
        );
      }
  });
});

describe('Every finding of the kext library is told', () => {
  const titles = { Warnings: 'Warnings', 'Boot Level': 'Boot Level Restrictions' } as Record<string, string>;
  for (const [section, texts] of Object.entries(kextFindingTexts))
    it(`of ${section}, with its values and as a flag, also where a copy lost the indent`, () => {
      const title = titles[section] ?? `${section} Failures`;
      const values = ['OSBundleLibraries.org.a - should be <string>', "'Rotor' -> 'org.a'"];
      for (const [one, two, blank] of [
        ['    ', '        ', ' '],
        ['', '', ''],
      ] as const) {
        const told = texts.flatMap(text => [
          `${one}${text}:${blank}`,
          ...values.map(value => two + value),
          `${one}${text}`,
        ]);
        const { records, notUnderstood } = parseKextutil([`${title}:${blank}`, ...told].join('\n'));
        assert.deepEqual(notUnderstood, []);
        assert.partialDeepStrictEqual(records, [
          { kind: 'kextDiagnostics', section, text: `${title}:${blank}\n${told.join('\n')}` },
        ]);
        const [read] = records;
        assert.deepEqual(
          read?.kind === 'kextDiagnostics' && read.findings,
          texts.flatMap(finding => [
            {
              finding,
              values: [
                { value: 'OSBundleLibraries.org.a', note: 'should be <string>' },
                { value: values[1], note: undefined },
              ],
            },
            { finding, values: [] },
          ]),
        );
      }
    });
});
