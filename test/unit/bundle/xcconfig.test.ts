import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseXcconfig } from '../../../src/bundle/xcconfig.ts';
import { schemeTargets } from '../../../src/bundle/xcodeScheme.ts';

const setting = (name: string, value: string, ...conditions: readonly (readonly [string, string])[]) => ({
  name,
  value,
  conditions: conditions.map(([parameter, pattern]) => ({ parameter, pattern })),
});

describe('A file of build settings', () => {
  it('gives its settings and the files that it includes, in order', () => {
    const text = [
      '// Pump.xcconfig',
      '#include "Common.xcconfig" // all',
      '#include? "Own.xcconfig"',
      'PRODUCT_NAME = Pump // not Winch',
      'EMPTY =',
      'VERSION = 1.0;',
      'ARCHS [sdk=macosx*] [arch=x86_64] = x86_64',
      'FLAGS = $(inherited) \\',
      '  -a \\',
      '  -b=c',
      'no setting',
    ].join('\r\n');
    assert.deepEqual(parseXcconfig(text), [
      { file: 'Common.xcconfig', optional: false },
      { file: 'Own.xcconfig', optional: true },
      setting('PRODUCT_NAME', 'Pump'),
      setting('EMPTY', ''),
      setting('VERSION', '1.0'),
      setting('ARCHS', 'x86_64', ['sdk', 'macosx*'], ['arch', 'x86_64']),
      setting('FLAGS', '$(inherited) -a -b=c'),
    ]);
  });

  it('of any text gives settings with names', () => {
    const piece = fc.constantFrom('A', '=', '[', ']', '\\', '\n', '//', '#include', '"', ' ', '\r');
    const soup = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join('')),
    );
    fc.assert(
      fc.property(soup, text => {
        for (const part of parseXcconfig(text)) assert.ok('file' in part || /^[A-Za-z_]\w*$/.test(part.name));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('A scheme', () => {
  const reference = (name: string) =>
    `<BuildableReference\n BuildableName = "x" BlueprintName = "${name}">\n</BuildableReference>`;

  it('builds the targets of its build action, and not those of its tests', () => {
    const text = `<Scheme><BuildAction>${reference('Pump')}${reference('A &amp; B')}</BuildAction><TestAction>${reference('Tests')}</TestAction></Scheme>`;
    assert.deepEqual(
      schemeTargets(text).map(({ name }) => name),
      ['Pump', 'A & B'],
    );
  });

  it('says of a target in which project it is, where it does', () => {
    const inProject = reference('Pump').replace('>', ' ReferencedContainer = "container:Tom &amp; Co/Pump.xcodeproj">');
    assert.deepEqual(schemeTargets(`<BuildAction>${inProject}${reference('Valve')}</BuildAction>`), [
      { name: 'Pump', project: 'Tom & Co/Pump.xcodeproj' },
      { name: 'Valve', project: undefined },
    ]);
  });

  it('that is none builds nothing', () => {
    for (const text of ['', 'Pump', '<BuildAction', '<BuildAction><BuildableReference>'])
      assert.deepEqual(schemeTargets(text), []);
  });
});
