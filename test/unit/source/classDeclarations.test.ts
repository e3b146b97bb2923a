import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type ClassDeclaration, findClassDeclarations } from '../../../src/source/classDeclarations.ts';

const header = '/project/Pump.hpp';
const body = '/project/Pump.cpp';

/** The classes of a header and a body, or of a body alone. */
function classes(
  text: string,
  headerText = '',
  defines?: ReadonlyMap<string, string | undefined>,
): readonly ClassDeclaration[] {
  return findClassDeclarations(
    [
      { file: header, text: headerText },
      { file: body, text },
    ],
    defines,
  );
}

/** `name(sourceName): superclass kind declared definedAt`, file names without folder. */
function summary(...found: Parameters<typeof classes>): readonly string[] {
  return classes(...found).map(({ name, sourceName, superclass, kind, declaration, definition }) => {
    const place = (position: typeof declaration) =>
      `${position.file === header ? 'hpp' : 'cpp'}:${position.line}:${position.column}`;
    return `${name}(${sourceName}): ${superclass} ${kind} ${place(declaration)} ${definition ? place(definition) : '-'}`;
  });
}

describe('a libkern class', () => {
  it('is declared on its class line and defined by its macro', () => {
    const declared =
      'class PumpDriver : public IOService\n{\n    OSDeclareDefaultStructors(PumpDriver)\npublic:\n    bool start(IOService *provider) override;\n};\n';
    const defined =
      '#include "Pump.hpp"\n#define super IOService\nOSDefineMetaClassAndStructors(PumpDriver, IOService);\n';
    assert.deepEqual(classes(defined, declared), [
      {
        name: 'PumpDriver',
        sourceName: 'PumpDriver',
        superclass: 'IOService',
        kind: 'default',
        declaration: { file: header, line: 1, column: 7, endColumn: 17 },
        definition: { file: body, line: 3, column: 31, endColumn: 41 },
      },
    ]);
  });

  it('is abstract or final as its macros say', () => {
    const text = `class A : public OSObject { OSDeclareAbstractStructors(A) };
class B final : public A { OSDeclareFinalStructors(B); };
class C : public A { OSDeclareDefaultStructorsWithDispatch(C); };
OSDefineMetaClassAndAbstractStructors(A, OSObject)
OSDefineMetaClassAndFinalStructors( B ,
  A )
OSDefineMetaClassAndStructorsWithInit(C, A, C::initialize())`;
    assert.deepEqual(summary(text), [
      'A(A): OSObject abstract cpp:1:7 cpp:4:39',
      'B(B): A final cpp:2:7 cpp:5:37',
      'C(C): A default cpp:3:7 cpp:7:39',
    ]);
  });

  it('may have attributes before its name, and several bases', () => {
    const heads = [
      'class EXPORT A : public IOService',
      'class [[maybe_unused]] A : public IOService',
      'class __attribute__((visibility("default"))) A final : public virtual IOService',
      'struct A\n: IOService, private Other<int>',
      'class API_AVAILABLE(macos(10.15)) A : public ::IOService',
    ];
    for (const head of heads) {
      const [found] = classes(`${head} {\n OSDeclareDefaultStructors(A)\n};`);
      assert.deepEqual([found?.sourceName, found?.superclass], ['A', 'IOService'], head);
      const line = head.split('\n')[0] ?? '';
      assert.equal(
        line.slice((found?.declaration.column ?? 0) - 1, (found?.declaration.endColumn ?? 0) - 1),
        'A',
        head,
      );
    }
  });

  it('takes the superclass from the nearest super before it', () => {
    const text = `#define super IOService
OSDefineMetaClassAndStructors(A, super)
#undef super
#define super IOUserClient
OSDefineMetaClassAndStructors(B, super)`;
    assert.deepEqual(summary(text), [
      'A(A): IOService default cpp:2:31 cpp:2:31',
      'B(B): IOUserClient default cpp:5:31 cpp:5:31',
    ]);
  });

  it('whose super is a typedef has the superclass of its class line', () => {
    const declared = 'class A : public IOHIDDevice { OSDeclareDefaultStructors(A) typedef IOHIDDevice super; };';
    assert.deepEqual(summary('OSDefineMetaClassAndStructors(A, super)', declared), [
      'A(A): IOHIDDevice default hpp:1:7 cpp:1:31',
    ]);
  });

  it('has the name at run time that a macro gives it', () => {
    const renamed = '#define Pump com_example_Pump\nclass Pump : public IOService { OSDeclareDefaultStructors(Pump) };';
    assert.deepEqual(summary('OSDefineMetaClassAndStructors(Pump, IOService)', renamed), [
      'com_example_Pump(Pump): IOService default hpp:2:7 cpp:1:31',
    ]);
    const alias =
      '#define PumpClassName com_example_Pump\nclass PumpClassName : public IOService { OSDeclareDefaultStructors(com_example_Pump) };';
    assert.deepEqual(summary('OSDefineMetaClassAndStructors(com_example_Pump, IOService)', alias), [
      'com_example_Pump(PumpClassName): IOService default hpp:2:7 cpp:1:31',
    ]);
    const product = 'class EXPORT PRODUCT_NAME : public IOService { OSDeclareDefaultStructors(PRODUCT_NAME) };';
    assert.deepEqual(
      summary('OSDefineMetaClassAndStructors(PRODUCT_NAME, IOService)', product, new Map([['PRODUCT_NAME', 'Pump']])),
      ['Pump(PRODUCT_NAME): IOService default hpp:1:14 cpp:1:31'],
    );
  });

  it('has the name that macros paste together', () => {
    const renamed = `#define PASTE(PREFIX, NAME) PREFIX##_##NAME
#define EVALUATED(PREFIX, NAME) PASTE(PREFIX, NAME)
#define OURS(NAME) EVALUATED(VENDOR, NAME)
#define Pump OURS(Pump)
#define Valve OURS(Main ## Valve)
#define Round OTHERS(Round)
class Pump : public IOService { OSDeclareDefaultStructors(Pump) };`;
    const defined = ['Pump', 'Valve', 'Round'].map(name => `OSDefineMetaClassAndStructors(${name}, IOService)`);
    assert.deepEqual(summary(defined.join('\n'), renamed, new Map([['VENDOR', 'org_sample']])), [
      'org_sample_Pump(Pump): IOService default hpp:7:7 cpp:1:31',
      'Valve(Valve): IOService default cpp:2:31 cpp:2:31',
      'Round(Round): IOService default cpp:3:31 cpp:3:31',
    ]);
  });

  it('has no namespace in that name', () => {
    const text = `namespace a { class Pump : public b::Base { OSDeclareDefaultStructors(Pump) }; OSDefineMetaClassAndStructors(Pump, b::Base) }`;
    assert.deepEqual(summary(text), ['Pump(Pump): Base default cpp:1:21 cpp:1:110']);
  });

  it('may be nested, after a template or in a condition', () => {
    const text = `template <class T> class Box { T value; };
enum class Mode { on };
class Forward;
class Outer : public OSObject {
  OSDeclareDefaultStructors(Outer)
  struct Plain { int x; };
  class Inner : public OSObject { OSDeclareDefaultStructors(Inner) };
};
#ifdef OLD
class Pump : public IOService {
#else
class Pump : public IOUserClient {
#endif
  OSDeclareDefaultStructors(Pump)
};`;
    assert.deepEqual(summary(text), [
      'Outer(Outer): OSObject default cpp:4:7 -',
      'Inner(Inner): OSObject default cpp:7:9 -',
      'Pump(Pump): IOUserClient default cpp:12:7 -',
    ]);
  });

  it('is none in a branch that the build’s macros rule out', () => {
    const declared = `#if defined(NEWEST)
#define Pump Pump3
#elif defined(NEWER)
#define Pump Pump2
#endif
class Pump : public IOService {
#ifndef NEWER
  OSDeclareDefaultStructors(Pump)
#else
  OSDeclareDefaultStructors(Pump2)
#endif
};`;
    const defined =
      '#ifdef NEWER\nOSDefineMetaClassAndStructors(Pump2, IOService)\n#else\nOSDefineMetaClassAndStructors(Pump, IOService)\n#endif';
    const built = (newest: string | undefined, newer: string | undefined) =>
      new Map([
        ['NEWEST', newest],
        ['NEWER', newer],
      ]);
    assert.deepEqual(summary(defined, declared, built(undefined, '1')), [
      'Pump2(Pump): IOService default hpp:6:7 cpp:2:31',
    ]);
    assert.deepEqual(summary(defined, declared, built('1', undefined)), [
      'Pump3(Pump): IOService default hpp:6:7 cpp:4:31',
    ]);
    assert.deepEqual(summary(defined, declared, built(undefined, undefined)), [
      'Pump(Pump): IOService default hpp:6:7 cpp:4:31',
    ]);
  });

  it('may be in any branch where a text defines what the build does not', () => {
    const text = '#define VALVE 1\n#ifdef VALVE\nOSDefineMetaClassAndStructors(Valve, IOService)\n#endif';
    assert.deepEqual(summary(text, '', new Map([['VALVE', undefined]])), [
      'Valve(Valve): IOService default cpp:3:31 cpp:3:31',
    ]);
  });

  it('whose class line is elsewhere is placed on its definition', () => {
    assert.deepEqual(summary('\n  OSDefineMetaClassAndStructors(Pump, IOService)'), [
      'Pump(Pump): IOService default cpp:2:33 cpp:2:33',
    ]);
  });

  it('is none in comments, texts, macros and code that is left out', () => {
    const declaration = 'class Pump : public IOService { OSDeclareDefaultStructors(Pump) };';
    for (const text of [
      `// ${declaration}`,
      `// continued \\\n${declaration}`,
      `/* ${declaration}\n*/`,
      `const char *text = "${declaration}";`,
      `const char *text = R"x(${declaration} " )x";`,
      `#if 0\n#if A\n#endif\n${declaration}\n#endif`,
      `#if 1\n#elif 0\n#endif\n#if 0\n${declaration}\n#else\n#endif`,
      `#define DECLARE \\\n ${declaration}`,
    ])
      assert.deepEqual(summary(text), [], text);
  });

  it('is found after what only looks like a comment, a text or a character', () => {
    const declaration = 'class Pump : public IOService { OSDeclareDefaultStructors(Pump) };';
    for (const text of [
      "int n = 1'000'000;",
      "char c = '\"'; char d = '\\'';",
      "#error don't",
      'const char *url = "http://x";',
      '#if 0\n#else',
      '#if 0\n#endif',
      'int x = 3 / 4; /**/',
    ])
      assert.equal(summary(`${text}\n${declaration}`).length, 1, text);
  });
});

describe('any text', () => {
  it('has only classes whose name stands where it is said', () => {
    const piece = fc.constantFrom(
      'class ',
      'Pump',
      ' : public ',
      'IOService',
      '{',
      '}',
      ';',
      'OSDeclareDefaultStructors(Pump)',
      'OSDefineMetaClassAndStructors(Pump, super)',
      '\n#define super Base\n',
      '\n#define Pump Other\n',
      '\n#define Other Pump\n',
      '\n#define Pump WITH(Pump)\n',
      '\n#define WITH(NAME) a##NAME\n',
      '\n#define WITH(NAME) WITH(NAME NAME)\n',
      '\n#define Other WITH(Pump)\n',
      '\n#define Pump WITH(Other, Base)\n',
      '\n#if 0\n',
      '\n#else\n',
      '\n#endif\n',
      '"',
      "'",
      '/*',
      '*/',
      '//',
      '\n',
      'R"(',
      '(',
      ')',
      '::',
      '<',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
        const text = pieces.join('');
        for (const { sourceName, declaration } of findClassDeclarations([{ file: body, text }])) {
          const line = text.split('\n')[declaration.line - 1] ?? '';
          assert.equal(line.slice(declaration.column - 1, (declaration.endColumn ?? 0) - 1), sourceName);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
