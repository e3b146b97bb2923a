import type { Memento } from 'vscode';
import { readTargetSetting } from '../settings/targetSettings.ts';
import type { SessionWorld } from './sessionWorld.ts';

const key = 'target';

type Named = { readonly id: string };

/**
 * Which target this workspace works on: what was chosen in it with Select Target, else what its settings name, else what was
 * chosen in a window without a folder, else the first one.
 */
export class ChosenTarget {
  readonly #memory: Memento;
  readonly #world: Pick<SessionWorld, 'targetNamed' | 'firstTarget'>;
  readonly #everywhere: Memento;

  constructor(memory: Memento, world: Pick<SessionWorld, 'targetNamed' | 'firstTarget'>, everywhere: Memento) {
    this.#memory = memory;
    this.#world = world;
    this.#everywhere = everywhere;
  }

  /** Its id; undefined where there is none, `problem` where the setting, which is told, names what is none. */
  id(configured: unknown): Named | { readonly problem: string } | undefined {
    const { firstTarget } = this.#world;
    return (
      this.#selected(this.#memory) ??
      readTargetSetting(configured, this.#world) ??
      this.#selected(this.#everywhere) ??
      (firstTarget === undefined ? undefined : { id: firstTarget })
    );
  }

  /** The same by its name; undefined where the setting names none, too. */
  named(configured: unknown): { readonly name: string; readonly simulated: boolean } | undefined {
    const chosen = this.id(configured);
    const named = chosen === undefined || 'problem' in chosen ? undefined : this.#world.targetNamed(chosen.id);
    return named === undefined || 'problem' in named ? undefined : named;
  }

  /** It was chosen with Select Target, here or in a window without a folder. */
  get isSelected(): boolean {
    return (this.#selected(this.#memory) ?? this.#selected(this.#everywhere)) !== undefined;
  }

  /** Remembers a choice, in this workspace or for all that have none; undefined takes it back. */
  async select(id: string | undefined, everywhere = false): Promise<void> {
    await (everywhere ? this.#everywhere : this.#memory).update(key, id);
  }

  #selected(memory: Memento): Named | undefined {
    const id = memory.get<string>(key);
    const named = id === undefined ? undefined : this.#world.targetNamed(id);
    return named === undefined || 'problem' in named ? undefined : named;
  }
}
