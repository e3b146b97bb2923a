import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { layerOf } from '../../../src/bundle/settingLayer.ts';
import { SettingValues } from '../../../src/bundle/settingValues.ts';

const context = { configuration: 'Debug', sdk: 'macosx', arch: undefined };

/** Layers, the lowest first. */
function values(...layers: readonly Readonly<Record<string, string>>[]): SettingValues {
  return new SettingValues(
    layers.map(layer => layerOf(Object.entries(layer))),
    context,
  );
}

describe('A text with build settings', () => {
  const settings = {
    NAME: 'Big Pump-2',
    IDENTIFIER: 'org.sample.$(NAME:rfc1034identifier)',
    WHICH: 'NAME',
    PLACE: '/a/b/Pump.cpp',
    EMPTY: '',
    DIGIT: '2Pump',
  };
  const rows: readonly (readonly [string, string])[] = [
    ['$(NAME)', 'Big Pump-2'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a reference to a build setting
    ['a ${NAME} $[NAME] b', 'a Big Pump-2 Big Pump-2 b'],
    ['$NAME', 'Big Pump-2'],
    ['$(IDENTIFIER)', 'org.sample.Big-Pump-2'],
    ['$(NAME:identifier)', 'Big_Pump_2'],
    ['$(NAME:c99extidentifier)', 'Big_Pump_2'],
    ['$(DIGIT:identifier) $(DIGIT:rfc1034identifier)', '_Pump -Pump'],
    ['$(NAME:upper:identifier)', 'BIG_PUMP_2'],
    ['$(NAME:lower)', 'big pump-2'],
    ['$($(WHICH))', 'Big Pump-2'],
    ['$(EMPTY:default=1.0)', '1.0'],
    ['$(NOBODY:default=$(WHICH))', 'NAME'],
    ['$(PLACE:file) $(PLACE:base) $(PLACE:dir) $(PLACE:suffix)', 'Pump.cpp Pump /a/b/ .cpp'],
    ['$(PLACE:suffix=o) $(PLACE:dir=/c)', '/a/b/Pump.o /c/Pump.cpp'],
    ['$(NAME:frob)', 'Big Pump-2'],
    ['$$(NAME) $', '$(NAME) $'],
    ['$(NAME', '$(NAME'],
    ['$(EMPTY)', ''],
  ];
  for (const [given, expected] of rows)
    it(`${given} is ${JSON.stringify(expected)}`, () => assert.equal(values(settings).fill(given).text, expected));

  it('stays as it is written where nobody gives a value, and names the setting', () => {
    assert.deepEqual(values({ A: '1' }).fill('$(A).$(B:lower).$(C)'), {
      text: '1.$(B:lower).$(C)',
      unknown: ['B', 'C'],
    });
  });

  it('has nothing for such a setting where all are known', () => {
    assert.equal(new SettingValues([layerOf([['A', '1']])], {}, { complete: true }).fill('$(A).$(B)').text, '1.');
  });
});

describe('A build setting', () => {
  it('has the value of the highest layer, and inherits the next lower one’s', () => {
    const settings = values({ FLAGS: '-a' }, { OTHER: 'x' }, { FLAGS: '$(inherited) -b' }, { FLAGS: '$(FLAGS) -c' });
    assert.equal(settings.value('FLAGS'), '-a -b -c');
  });

  it('inherits nothing below the lowest', () =>
    assert.equal(values({ FLAGS: '$(inherited) -b' }).value('FLAGS'), ' -b'));

  it('counts where its conditions hold, before one without', () => {
    const layer = {
      'ARCHS[sdk=macosx*]': 'x86_64',
      ARCHS: 'i386',
      'NAME[config=Release]': 'Fast',
      NAME: 'Slow',
      'ONLY[arch=*]': 'any',
      'NEVER[arch=x86_64]': 'one',
      'BOTH[sdk=mac?sx][config=Debug]': 'yes',
    };
    const names = ['ARCHS', 'NAME', 'ONLY', 'NEVER', 'BOTH'];
    assert.deepEqual(
      names.map(name => values(layer).value(name)),
      ['x86_64', 'Slow', 'any', undefined, 'yes'],
    );
  });

  it('that comes back to itself ends', () => {
    assert.equal(values({ A: 'a$(B)', B: 'b$(A)' }).value('A'), 'ab');
  });

  it('that would grow without end is cut', () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [`S${at}`, `$(S${at + 1})$(S${at + 1})`]),
    );
    const { text } = values({ ...doubling, S60: 'x' }).fill('$(S0)');
    assert.ok(text.length <= 16 * 1024 * 2);
  });

  it('and any text are evaluated to a text', () => {
    const piece = fc.constantFrom(
      '$(',
      '${',
      ')',
      '}',
      '$',
      ':',
      '=',
      'A',
      'B',
      'lower',
      'default',
      'inherited',
      '[',
      ']',
      '_',
      ' ',
    );
    const soup = fc.array(piece, { maxLength: 30 }).map(pieces => pieces.join(''));
    fc.assert(
      fc.property(soup, soup, soup, (a, b, given) => {
        const { text, unknown } = values({ A: a, B: b }).fill(given);
        assert.ok(text.length <= 2 * 16 * 1024);
        assert.ok(unknown.length === 0 || given.includes('$'));
      }),
      { numRuns: 1000 },
    );
  });

  it('with references within references without end is read', () => {
    const deep = '$('.repeat(5000);
    assert.equal(values({}).fill(deep).text, deep);
    assert.equal(values({}).fill(`${deep}A${')'.repeat(5000)}`).unknown.length > 0, true);
  });
});
