import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { saveEdited } from '../../../../src/ui/work/saveEdited.ts';

/** Two edited files; those that a disk refuses stay edited. */
function editedFiles({ refused = false } = {}) {
  const file = () => ({
    isDirty: true,
    async save() {
      this.isDirty = refused;
      return !refused;
    },
  });
  return [file(), file()];
}

const nobody = async () => assert.fail('nobody is asked');

describe('Before a build, what was edited', () => {
  it('is saved, and nobody asked, unless the user has chosen otherwise', async () => {
    for (const when of ['always', undefined]) {
      const files = editedFiles();
      assert.equal(await saveEdited(files, when, nobody), true);
      assert.deepEqual(
        files.map(({ isDirty }) => isDirty),
        [false, false],
      );
    }
  });

  it('is left as it is where task.saveBeforeRun is never', async () => {
    const files = editedFiles();
    assert.equal(await saveEdited(files, 'never', nobody), true);
    assert.ok(files.every(({ isDirty }) => isDirty));
  });

  it('is asked about where it is prompt: saved, left, or the build is taken back', async () => {
    for (const [answer, builds, saved] of [
      ['save', true, true],
      ['leave', true, false],
      [undefined, false, false],
    ] as const) {
      const files = editedFiles();
      assert.equal(await saveEdited(files, 'prompt', async () => answer), builds);
      assert.equal(!files[0]?.isDirty, saved);
    }
    assert.equal(await saveEdited([], 'prompt', nobody), true);
  });

  it('keeps the build from beginning where it cannot be saved', async () => {
    assert.equal(await saveEdited(editedFiles({ refused: true }), 'always', nobody), false);
  });
});
