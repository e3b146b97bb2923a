import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSources } from './sources.ts';

/** What is exported and named in no other file, as `FILE: NAME`. */
function unusedExports(sources: ReadonlyMap<string, string>, users: ReadonlyMap<string, string>): readonly string[] {
  const named = new Map([...users].map(([file, text]) => [file, new Set(text.match(/[A-Za-z_$][\w$]*/g))]));
  return [...sources].flatMap(([file, text]) =>
    [...text.matchAll(/^export (?:async )?(?:function\*?|const|class) (\w+)/gm)]
      .map(([, name = '']) => name)
      .filter(name => ![...named].some(([user, names]) => user !== file && names.has(name)))
      .map(name => `${file}: ${name}`),
  );
}

describe('what src exports', () => {
  it('is used by another file', async () => {
    const sources = await readSources('src', '.ts');
    assert.deepEqual(unusedExports(sources, new Map([...sources, ...(await readSources('test', '.ts'))])), []);
  });

  it('is found where nobody uses it', () => {
    const sources = new Map([
      ['a.ts', 'export function one() {}\nexport const two = 2;\nexport async function three() {}'],
      ['b.ts', "import { one } from './a.ts';\nexport class Four {}\none();"],
    ]);
    assert.deepEqual(unusedExports(sources, sources), ['a.ts: two', 'a.ts: three', 'b.ts: Four']);
  });
});
