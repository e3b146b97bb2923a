import type { Memento } from 'vscode';
import { kextKey } from '../../operations/project/kextKey.ts';
import type { FoundKext } from '../../operations/project/kextProject.ts';
import { activeFile } from './activeFile.ts';
import { chosenKext, type KextChoice } from './chosenKext.ts';

const key = 'kext';

/** What says which of the window's kexts is meant: the editor, Select Kext, and what was selected last in this workspace. */
export class KextSelection {
  readonly #memory: Memento;
  #selected: KextChoice['selected'];

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  /** `shown`: the key of the kext that the views show. */
  choice(shown: string | undefined): KextChoice {
    const remembered = this.#memory.get<string>(key);
    return { activeFile: activeFile(), selected: this.#selected, shown, remembered };
  }

  /** Takes another kext, by its key. */
  async select(kext: string): Promise<void> {
    this.#selected = { kext, activeFile: activeFile() };
    await this.#memory.update(key, kext);
  }

  /** Another file is edited: whether one of `kexts` is meant now that is not shown. */
  isAnotherMeant(kexts: readonly FoundKext[], shown: string | undefined): boolean {
    // Between two editors none is active for a moment.
    if (activeFile() === undefined) return false;
    if (activeFile() !== this.#selected?.activeFile) this.#selected = undefined;
    const chosen = chosenKext(kexts, this.choice(shown));
    return chosen !== undefined && kextKey(chosen) !== shown;
  }
}
