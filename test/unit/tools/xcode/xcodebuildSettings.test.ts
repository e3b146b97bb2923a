import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UnknownToolText } from '../../../../src/tools/port/toolErrors.ts';
import { xcodebuildProducts } from '../../../../src/tools/xcode/xcodebuildProducts.ts';
import {
  lacksXcode,
  listProject,
  parseShownSettings,
  showBuildSettings,
} from '../../../../src/tools/xcode/xcodebuildSettings.ts';
import { output } from '../../simulator/fakeRunner.ts';

const settings = `Command line invocation:
    /Applications/Xcode.app/Contents/Developer/usr/bin/xcodebuild -project Pump.xcodeproj -showBuildSettings -json

[
  {
    "action" : "build",
    "buildSettings" : {
      "FULL_PRODUCT_NAME" : "Big Pump.kext",
      "NUMBER" : 4,
      "TARGET_BUILD_DIR" : "/Users/dev/Pump/build/Debug"
    },
    "target" : "Pump"
  },
  { "action" : "build", "buildSettings" : { "A" : "{\\"b\\"}" }, "target" : "Valve" }
]
`;

describe('The settings that xcodebuild shows', () => {
  it('are those of each target, whatever stands around them', () => {
    assert.deepEqual(
      parseShownSettings(settings)?.map(shown => [shown.target, [...shown.settings]]),
      [
        [
          'Pump',
          [
            ['FULL_PRODUCT_NAME', 'Big Pump.kext'],
            ['TARGET_BUILD_DIR', '/Users/dev/Pump/build/Debug'],
          ],
        ],
        ['Valve', [['A', '{"b"}']]],
      ],
    );
  });

  it('are asked for with the words of the build', () => {
    const { tool, argv, folder } = showBuildSettings(['-project', '/p/Pump.xcodeproj', '-target', '-x'], '/p');
    assert.deepEqual(
      [tool, ...argv, folder],
      ['xcodebuild', '-project', '/p/Pump.xcodeproj', '-target', '-x', '-showBuildSettings', '-json', '/p'],
    );
  });

  it('are none in another text, nor after a failure', () => {
    const { parse } = showBuildSettings([], '/p');
    for (const told of [
      { stdout: '' },
      { stdout: '[]' },
      { stdout: '{"a": ' },
      { stdout: settings, exitCode: 65 },
      { stdout: settings, timedOut: true },
    ])
      assert.throws(() => parse(output(told)), UnknownToolText);
  });
});

describe('What xcodebuild lists', () => {
  const { parse } = listProject('/p/Pump.xcodeproj', '/p');

  it('are schemes, targets and configurations', () => {
    const stdout =
      '{\n  "project" : {\n    "configurations" : [ "Debug" ],\n    "name" : "Pump",\n    "schemes" : [ "All" ],\n    "targets" : [ "Pump" ]\n  }\n}\n';
    assert.deepEqual(parse(output({ stdout })), { schemes: ['All'], targets: ['Pump'], configurations: ['Debug'] });
  });

  it('may be without schemes', () => {
    assert.deepEqual(parse(output({ stdout: '{"project": {"targets": ["Pump"]}}' })).schemes, []);
  });
});

describe('A machine without Xcode', () => {
  const rows: readonly (readonly [string, boolean])[] = [
    [
      "xcode-select: error: tool 'xcodebuild' requires Xcode, but active developer directory '/L' is a command line tools instance",
      true,
    ],
    ['xcode-select: note: no developer tools were found, requesting install.', true],
    ['xcrun: error: invalid active developer path (/Library/Developer/CommandLineTools)', true],
    ['xcodebuild: error: The project named "Pump" does not contain a scheme named "Valve".', false],
  ];
  for (const [stderr, expected] of rows)
    it(`${expected ? 'says' : 'does not say'}: ${stderr.slice(0, 40)}…`, () =>
      assert.equal(lacksXcode({ stdout: '', stderr }), expected));
});

describe('The bundles that a build says it made', () => {
  it('are those of its steps, each once, and of one within another the outer one', () => {
    const text = [
      "Ld /b/Debug/Pump.kext/Contents/MacOS/Pump normal (in target 'Pump' from project 'Pump')",
      "CodeSign /b/Debug/Pump.kext/Contents/PlugIns/Valve.kext (in target 'Pump' from project 'Pump')",
      "Touch /b/Debug/Big\\ Pump.kext (in target 'Big Pump' from project 'Pump')",
      'Touch /b/Debug/Gauge.app',
      'CompileC /b/Pump.kext.o /p/Pump.cpp normal',
      '    /usr/bin/touch -c /b/Debug/Other.kext',
    ].join('\n');
    assert.deepEqual(xcodebuildProducts(text), ['/b/Debug/Pump.kext', '/b/Debug/Big Pump.kext']);
  });
});
