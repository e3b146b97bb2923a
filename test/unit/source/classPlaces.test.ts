import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findClassDeclarations } from '../../../src/source/classDeclarations.ts';
import { classPlaces } from '../../../src/source/classPlaces.ts';
import { manyClasses, sourceOf } from '../../support/manyClasses.ts';

const file = '/p/Rotor.hpp';

/** `line:column` of each class in the text, the known ones being where they were. */
function places(text: string, ...known: readonly (readonly [string, number])[]): (string | undefined)[] {
  const classes = known.map(([sourceName, line]) => ({ sourceName, declaration: { file, line, column: 1 } }));
  return classPlaces(text, classes).map(place => place && `${place.line}:${place.column}-${place.endColumn}`);
}

describe('A class in a text that was edited since it was read', () => {
  it('is where its class line is, however many lines came before it', () => {
    const text = `#include "Base.hpp"\n\n\n\n  class EXPORT Rotor final : public OSObject {\n  OSDeclareFinalStructors(Rotor)\n};\n`;
    assert.deepEqual(places(text, ['Rotor', 1]), ['5:16-21']);
  });

  it('is nowhere in a comment, a text, a forward declaration or under #if 0', () => {
    const lines = [
      '// class Rotor : public OSObject {',
      '/* class Rotor {',
      '*/ auto text = "class Rotor {";',
      'class Rotor;',
    ];
    assert.deepEqual(places([...lines, '#if 0', 'class Rotor {};', '#endif'].join('\n'), ['Rotor', 1]), [undefined]);
    assert.deepEqual(places([...lines, 'class Rotor {};'].join('\n'), ['Rotor', 1]), ['5:7-12']);
  });

  it('of which there are several is the one nearest to where it was', () => {
    const text = '#if OLD\nclass Rotor : OSObject {};\n#else\n\n\n\n\nclass Rotor : IOService {};\n#endif\n';
    assert.deepEqual(places(text, ['Rotor', 1], ['Rotor', 9]), ['2:7-12', '8:7-12']);
  });

  it('that has no class line here is where its macro names it', () => {
    const text = '#include "made.h"\n\nOSDefineMetaClassAndStructors( Rotor, OSObject )\n';
    assert.deepEqual(places(text, ['Rotor', 1]), ['3:32-37']);
  });

  it('that is gone is nowhere', () => {
    assert.deepEqual(places('class Stator {};', ['Rotor', 1]), [undefined]);
    assert.deepEqual(places('', ['Rotor', 1]), [undefined]);
  });

  it('moves by as many lines as come before it, whatever stands in them', () => {
    const text = sourceOf(manyClasses(20));
    const known = findClassDeclarations([{ file, text }]);
    assert.deepEqual(
      classPlaces(text, known),
      known.map(({ declaration }) => declaration),
    );
    fc.assert(
      fc.property(fc.array(fc.string()), comments => {
        const before = comments.map(comment => `// ${comment.replaceAll(/[\r\n\\]/g, ' ')}\n`);
        const moved = classPlaces(before.join('') + text, known);
        assert.deepEqual(
          moved.map(place => place?.line),
          known.map(({ declaration }) => declaration.line + before.length),
        );
      }),
    );
  });
});
