import type { PropertyValue } from '../../model/registryEntry.ts';
import type { Container } from './container.ts';
import { Malformed } from './malformed.ts';

/** An open `<dict>`, in which keys and values take turns. */
export abstract class Dictionary implements Container {
  readonly element = 'dict';
  readonly skips = false;
  abstract wanted: boolean;
  #key: string | undefined;

  takeKey(key: string): void {
    if (this.#key !== undefined) throw new Malformed('a key where a value belongs');
    this.#key = key;
  }

  take(value: PropertyValue | undefined): void {
    const key = this.#usedKey();
    if (value !== undefined) this.set(key, value);
  }

  open(element: 'dict' | 'array'): Container {
    return this.openAt(this.#usedKey(), element);
  }

  close(): void {
    if (this.#key !== undefined) throw new Malformed(`the key "${this.#key}" has no value`);
  }

  protected abstract set(key: string, value: PropertyValue): void;
  protected abstract openAt(key: string, element: 'dict' | 'array'): Container;

  #usedKey(): string {
    const key = this.#key;
    if (key === undefined) throw new Malformed('a value without a key');
    this.#key = undefined;
    return key;
  }
}
