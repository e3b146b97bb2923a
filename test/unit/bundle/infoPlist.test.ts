import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildSettings } from '../../../src/bundle/buildSettings.ts';
import { keyPosition, readInfoPlist } from '../../../src/bundle/infoPlist.ts';
import { parsesAsKextVersion } from '../../../src/bundle/kextVersion.ts';
import { type PropertyList, parsePropertyList } from '../../../src/bundle/propertyList.ts';

const file = '/project/Info.plist';

/** A sound Info.plist, one key a line: the first is on line 2. */
const sound: Readonly<Record<string, string>> = {
  CFBundleIdentifier: '<string>com.example.driver.Pump</string>',
  CFBundleVersion: '<string>1.2.0</string>',
  CFBundlePackageType: '<string>KEXT</string>',
  CFBundleExecutable: '<string>Pump</string>',
  OSBundleLibraries: '<dict><key>com.apple.kpi.iokit</key><string>16.7</string></dict>',
  IOKitPersonalities:
    '<dict>\n<key>Pump</key><dict>\n<key>IOClass</key><string>PumpDriver</string><key>IOProviderClass</key><string>IOResources</string>' +
    '<key>IOUserClientClass</key><string>PumpUserClient</string><key>IOMatchCategory</key><string>PumpDriver</string></dict></dict>',
};

function list(changes: Readonly<Record<string, string | undefined>> = {}): PropertyList {
  const lines = Object.entries({ ...sound, ...changes }).flatMap(([key, value]) =>
    value === undefined ? [] : [`<key>${key}</key>${value}`],
  );
  const parsed = parsePropertyList(['<plist><dict>', ...lines, '</dict></plist>'].join('\n'), file);
  if ('problem' in parsed) assert.fail(parsed.problem);
  return parsed;
}

function problems(changes: Readonly<Record<string, string | undefined>>, codeExpected = true): readonly string[] {
  return readInfoPlist(list(changes), { codeExpected }).problems.map(
    ({ message, position }) => `${position.line}:${position.column} ${message}`,
  );
}

describe('an Info.plist', () => {
  it('gives the facts of its kext', () => {
    const info = readInfoPlist(list(), { codeExpected: true });
    assert.deepEqual(info, {
      file,
      bundleIdentifier: 'com.example.driver.Pump',
      version: '1.2.0',
      executable: 'Pump',
      packageType: 'KEXT',
      libraries: new Map([['com.apple.kpi.iokit', '16.7']]),
      librariesPosition: { file, line: 6, column: 1, endColumn: 29 },
      libraryPositions: new Map([['com.apple.kpi.iokit', { file, line: 6, column: 35, endColumn: 65 }]]),
      personalities: [
        {
          name: 'Pump',
          position: { file, line: 8, column: 1, endColumn: 16 },
          ioClass: 'PumpDriver',
          ioClassPosition: { file, line: 9, column: 1, endColumn: 19 },
          ioProviderClass: 'IOResources',
          ioUserClientClass: 'PumpUserClient',
          ioMatchCategory: 'PumpDriver',
          bundleIdentifier: undefined,
        },
      ],
      allowUserTerminatePosition: undefined,
      crossBuilt: false,
      problems: [],
    });
  });

  it('knows a cross-built kext by its mark, however that says yes', () => {
    const crossBuilt = (mark: string) =>
      readInfoPlist(list({ KextDevCrossBuilt: mark }), { codeExpected: true }).crossBuilt;
    for (const mark of ['<true/>', '<string>YES</string>', '<string>true</string>', '<integer>1</integer>'])
      assert.equal(crossBuilt(mark), true, mark);
    for (const mark of ['<false/>', '<string>NO</string>', '<string/>', '<integer>0</integer>', '<array/>'])
      assert.equal(crossBuilt(mark), false, mark);
  });

  it('finds the place of a key by its path', () => {
    assert.deepEqual(keyPosition(list(), ['CFBundleVersion']), { file, line: 3, column: 1, endColumn: 27 });
    assert.equal(keyPosition(list(), ['IOKitPersonalities', 'Pump', 'IOClass'])?.line, 9);
    assert.deepEqual(keyPosition(list(), []), { file, line: 1, column: 8, endColumn: 14 });
    assert.equal(keyPosition(list(), ['IOKitPersonalities', 'Other']), undefined);
    assert.equal(keyPosition(list(), ['CFBundleVersion', 'IOClass']), undefined);
  });

  const missing = (key: string, what: string) => `1:8 ${key} is missing; expected ${what}.`;
  const cases: readonly (readonly [string, Readonly<Record<string, string | undefined>>, readonly string[]])[] = [
    [
      'a missing identifier',
      { CFBundleIdentifier: undefined },
      [missing('CFBundleIdentifier', "<string> with the kext's name such as com.example.driver.Foo")],
    ],
    [
      'a missing version',
      { CFBundleVersion: undefined },
      [missing('CFBundleVersion', '<string> with a version such as 1.0.0')],
    ],
    [
      'a missing package type',
      { CFBundlePackageType: undefined },
      [missing('CFBundlePackageType', '<string> with KEXT')],
    ],
    [
      'a missing executable',
      { CFBundleExecutable: undefined },
      [missing('CFBundleExecutable', '<string> with the name of the file in Contents/MacOS')],
    ],
    [
      'missing libraries',
      { OSBundleLibraries: undefined },
      [missing('OSBundleLibraries', '<dict> with the libraries that the code links against')],
    ],
    [
      'a version that is a number',
      { CFBundleVersion: '<real>1.2</real>' },
      ['3:1 CFBundleVersion is <real>; expected <string>.'],
    ],
    [
      'an empty identifier',
      { CFBundleIdentifier: '<string/>' },
      ["2:1 CFBundleIdentifier is empty; expected the kext's name such as com.example.driver.Foo."],
    ],
    [
      'another package type',
      { CFBundlePackageType: '<string>APPL</string>' },
      ['4:1 CFBundlePackageType is "APPL"; a kernel extension has KEXT.'],
    ],
    [
      'a version that the kernel cannot parse',
      { CFBundleVersion: '<string>1.2.3.4</string>' },
      [
        '3:1 CFBundleVersion is "1.2.3.4"; expected up to three numbers (at most 4, 2 and 2 digits) and a stage such as d1, b2 or fc3.',
      ],
    ],
    [
      'an identifier that is too long',
      { CFBundleIdentifier: `<string>com.${'e'.repeat(60)}</string>` },
      ['2:1 CFBundleIdentifier is 64 bytes long; the kernel takes at most 63.'],
    ],
    ...['com.example.a b', 'com.example.ü', '..', '-com.example', 'com/example'].map(
      (name): [string, { CFBundleIdentifier: string }, string[]] => [
        `an identifier that no tool could list or unload: ${name}`,
        { CFBundleIdentifier: `<string>${name}</string>` },
        [
          `2:1 CFBundleIdentifier is "${name}"; expected letters (A to Z), digits, dots, hyphens and underscores, as in com.example.driver.Foo: the tools could neither list nor unload a kext of that name.`,
        ],
      ],
    ),
    [
      'a library without a version',
      { OSBundleLibraries: '<dict><key>com.apple.kpi.bsd</key><integer>8</integer></dict>' },
      ['6:35 com.apple.kpi.bsd is <integer>; expected <string>.'],
    ],
    [
      'a library with a wild version',
      { OSBundleLibraries: '<dict><key>com.apple.kpi.bsd</key><string>any</string></dict>' },
      ['6:35 OSBundleLibraries asks for version "any" of com.apple.kpi.bsd; expected a version such as 16.7.'],
    ],
    [
      'personalities in an array',
      { IOKitPersonalities: '<array/>' },
      ['7:1 IOKitPersonalities is <array>; expected <dict>.'],
    ],
    [
      'a personality without its classes',
      { IOKitPersonalities: '<dict>\n<key>Pump</key><dict/></dict>' },
      [
        '8:1 IOClass is missing in IOKitPersonalities.Pump; expected <string> with the class to instantiate.',
        '8:1 IOProviderClass is missing in IOKitPersonalities.Pump; expected <string> with the class of the object to match.',
      ],
    ],
    [
      'a personality that is a text',
      { IOKitPersonalities: '<dict>\n<key>Pump</key><string/></dict>' },
      ['8:1 Pump is <string>; expected <dict>.'],
    ],
  ];
  for (const [what, changes, expected] of cases) {
    it(`says what is wrong with ${what}`, () => assert.deepEqual(problems(changes), expected));
  }

  it('of a kext without code needs neither executable nor libraries', () => {
    assert.deepEqual(problems({ CFBundleExecutable: undefined, OSBundleLibraries: undefined }, false), []);
  });

  it('is not judged by values that the build fills in', () => {
    const settings = {
      CFBundleIdentifier: '<string>$(PRODUCT_BUNDLE_IDENTIFIER)</string>',
      CFBundleVersion: `<string>\${CURRENT_PROJECT_VERSION}</string>`,
      CFBundlePackageType: '<string>$(PRODUCT_BUNDLE_PACKAGE_TYPE)</string>',
      CFBundleExecutable: '<string>$(EXECUTABLE_NAME)</string>',
    };
    assert.deepEqual(problems(settings), []);
    assert.equal(readInfoPlist(list(settings), { codeExpected: true }).executable, '$(EXECUTABLE_NAME)');
  });

  it('has to be a dict', () => {
    const array = parsePropertyList('<plist><array/></plist>', file);
    if ('problem' in array) assert.fail(array.problem);
    const [problem] = readInfoPlist(array, { codeExpected: true }).problems;
    assert.equal(problem?.message, 'The property list is an <array>; expected a <dict>.');
  });
});

describe('a value of an Info.plist', () => {
  it('names the build settings that it refers to', () => {
    assert.deepEqual(buildSettings(`com.$(VENDOR:lower).\${PRODUCT_NAME:rfc1034identifier}`), [
      'VENDOR',
      'PRODUCT_NAME',
    ]);
    assert.deepEqual(buildSettings('com.example.driver'), []);
    assert.deepEqual(buildSettings('$5 (or so) {x} $()'), []);
  });

  it('is a version when the kernel can parse it', () => {
    for (const version of ['1', '1.0', '1.2.3', '9999.99.99', '1.0d1', '1.0.0fc12', '2.1b255'])
      assert.ok(parsesAsKextVersion(version), version);
    for (const version of ['', 'v1', '1.', '1.2.3.4', '1.0b', '1.0.100', '12345', '1.0x1', '1.0d256', ' 1.0'])
      assert.ok(!parsesAsKextVersion(version), version);
  });
});
