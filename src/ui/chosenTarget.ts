import type { Memento } from 'vscode';
import type { SessionWorld } from './sessionWorld.ts';
import { readTargetSetting } from './targetSettings.ts';

const key = 'target';

/** Which target this workspace works on: what was chosen with Select Target, else what its settings name, else the first one. */
export class ChosenTarget {
  readonly #memory: Memento;
  readonly #world: Pick<SessionWorld, 'targetNamed' | 'firstTarget'>;

  constructor(memory: Memento, world: Pick<SessionWorld, 'targetNamed' | 'firstTarget'>) {
    this.#memory = memory;
    this.#world = world;
  }

  /** Its id; undefined where there is none, `problem` where the setting, which is told, names what is none. */
  id(configured: unknown): { readonly id: string } | { readonly problem: string } | undefined {
    const selected = this.#memory.get<string>(key);
    const remembered = selected === undefined ? undefined : this.#world.targetNamed(selected);
    if (remembered !== undefined && !('problem' in remembered)) return remembered;
    const { firstTarget } = this.#world;
    return readTargetSetting(configured, this.#world) ?? (firstTarget === undefined ? undefined : { id: firstTarget });
  }

  /** Remembers a choice; undefined takes it back. */
  async select(id: string | undefined): Promise<void> {
    await this.#memory.update(key, id);
  }
}
