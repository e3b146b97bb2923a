/** A file of the editor. */
export interface EditedFile {
  readonly isDirty: boolean;
  save(): PromiseLike<boolean>;
}

/**
 * Saves the edited files of a project before its build as `task.saveBeforeRun` says, which is `always`, `never` or `prompt`. False where
 * the build is not to begin: the user takes it back, or a file could not be saved, of which the editor has told.
 */
export async function saveEdited(
  edited: readonly EditedFile[],
  when: string | undefined,
  ask: () => PromiseLike<'save' | 'leave' | undefined>,
): Promise<boolean> {
  if (edited.length === 0 || when === 'never') return true;
  const answer = when === 'prompt' ? await ask() : 'save';
  if (answer !== 'save') return answer === 'leave';
  for (const file of edited) await file.save();
  return edited.every(({ isDirty }) => !isDirty);
}
