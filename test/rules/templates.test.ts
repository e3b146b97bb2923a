import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSources } from './sources.ts';

const sources = await readSources('src', '.ts');
const functionOf = /\bfunction (\w+)/g;
const functions = new Set([...sources.values()].flatMap(text => names(text, functionOf)));

function names(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
}

/** The functions that a file has or imports. */
function functionsIn(text: string): ReadonlySet<string> {
  const imported = names(text, /\bimport \{([^}]*)\}/g).flatMap(list => list.match(/\w+/g) ?? []);
  return new Set([...names(text, functionOf), ...imported.filter(name => functions.has(name))]);
}

/** Those that stand in a template without being called. */
function uncalled(text: string): string[] {
  const known = functionsIn(text);
  return names(text, /\$\{(\w+)\}/g).filter(name => known.has(name) && !text.includes(`const ${name} =`));
}

describe('A template', () => {
  it('has no function set in that is not called: its source code would be what is read', () => {
    for (const [path, text] of sources) assert.deepEqual(uncalled(text), [], path);
  });

  it('is found where it has one', () => {
    const text = `import { untrustedText } from './emptyReason.ts';\noutput.write(\`\${untrustedText}\`);\n`;
    assert.deepEqual(uncalled(text), ['untrustedText']);
    assert.deepEqual(uncalled(text.replace('Text}`', 'Text()}`')), []);
  });
});
