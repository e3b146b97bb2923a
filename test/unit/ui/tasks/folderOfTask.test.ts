import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { folderOfTask, type WrittenTasks } from '../../../../src/ui/tasks/folderOfTask.ts';
import type { TaskDefinition } from '../../../../src/ui/tasks/sameTask.ts';

interface Folder {
  readonly name: string;
}

const [x, y] = [{ name: 'x' }, { name: 'y' }];
const reload = { type: 'kext', action: 'reload' };
const folderOf = (path: string) => [x, y].find(({ name }) => path === `/${name}` || path.startsWith(`/${name}/`));

/** VS Code has made the task of y, whichever was started. */
function folder(
  written: readonly WrittenTasks<Folder>[],
  definition: TaskDefinition = reload,
  resolved = definition,
): unknown {
  const found = folderOfTask({ definition, resolved, folder: y }, written, folderOf);
  return 'problem' in found ? found.problem : found.folder;
}

describe('A task that was started in a window with several folders', () => {
  it('is of the folder that has it written down, whichever VS Code takes it from', () => {
    assert.equal(folder([{ folder: x, entries: [{ label: 'auto x', ...reload }] }]), x);
    assert.equal(
      folder([
        { folder: x, entries: [null, reload] },
        { folder: y, entries: [{ ...reload, target: 'simulated' }, 'reload'] },
      ]),
      x,
    );
    assert.equal(folder([{ folder: undefined, entries: [reload] }]), undefined);
  });

  it('is of the folder of its project, however many have the same written down', () => {
    const definition = { ...reload, project: `\${workspaceFolder}` };
    const written = [x, y].map(folder => ({ folder, entries: [definition] }));
    assert.equal(folder(written, definition, { ...reload, project: '/x' }), x);
    assert.equal(folder(written, definition, { ...reload, project: '/y/kexts' }), y);
  });

  it('is of none where several have it written down: it says so, and what would tell them apart', () => {
    const why = (places: string) =>
      `The task stands in ${places}, and VS Code does not say which one is meant; expected "project": "\${workspaceFolder}" in each.`;
    const both = [x, y].map(folder => ({ folder, entries: [reload] }));
    assert.equal(folder(both), why('x and y'));
    assert.equal(folder([{ folder: undefined, entries: [reload] }, ...both]), why('the workspace and x and y'));
    const elsewhere = { ...reload, project: '/elsewhere' };
    assert.equal(
      folder(
        [x, y].map(folder => ({ folder, entries: [elsewhere] })),
        elsewhere,
      ),
      why('x and y'),
    );
  });

  it('that stands in no tasks.json is of the folder of which it is offered', () => {
    assert.equal(folder([{ folder: x, entries: [] }]), y);
  });
});
