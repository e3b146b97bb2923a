import type { PropertyValue, RegistryEntry } from '../../model/registryEntry.ts';
import type { ArchiveReading, Container } from './container.ts';
import { Dictionary } from './dictionary.ts';
import { Malformed } from './malformed.ts';
import { openProperty, Skipped } from './properties.ts';
import { RegistryEntryDraft } from './registryEntryDraft.ts';

/** An archive's outermost element, which holds one object or a list of them. */
export class ArchiveRoot implements Container {
  readonly element = 'plist';
  readonly wanted = true;
  readonly skips = false;
  readonly entries: RegistryEntry[] = [];
  readonly #reading: ArchiveReading;
  #values = 0;

  constructor(reading: ArchiveReading) {
    this.#reading = reading;
  }

  takeKey(): void {
    throw new Malformed('a key where a value belongs');
  }

  take(): void {
    this.#values++;
    this.#reading.isForeign = true;
  }

  open(element: 'dict' | 'array'): Container {
    this.#values++;
    const list = new ObjectList(this.entries, this.#reading);
    return element === 'array' ? list : list.open(element);
  }

  close(): void {
    if (this.#values !== 1) throw new Malformed('<plist> does not hold one value');
  }
}

/** The roots, or what is below an object. */
class ObjectList implements Container {
  readonly element = 'array';
  readonly wanted = true;
  readonly skips = false;
  readonly #entries: RegistryEntry[];
  readonly #reading: ArchiveReading;

  constructor(entries: RegistryEntry[], reading: ArchiveReading) {
    this.#entries = entries;
    this.#reading = reading;
  }

  takeKey(): void {
    throw new Malformed('a key where a value belongs');
  }

  take(): void {
    this.#reading.isForeign = true;
  }

  open(element: 'dict' | 'array'): Container {
    if (element === 'dict') return new ObjectDictionary(this.#entries, this.#reading);
    this.#reading.isForeign = true;
    return new Skipped(element);
  }

  close(): void {}
}

/** An object's dictionary: its properties, and among them what ioreg adds. */
class ObjectDictionary extends Dictionary {
  wanted = true;
  readonly #draft = new RegistryEntryDraft();
  readonly #entries: RegistryEntry[];
  readonly #reading: ArchiveReading;

  constructor(entries: RegistryEntry[], reading: ArchiveReading) {
    super();
    this.#entries = entries;
    this.#reading = reading;
  }

  override takeKey(key: string): void {
    super.takeKey(key);
    this.wanted = RegistryEntryDraft.adds(key) || this.#reading.keeps(key);
  }

  override close(): void {
    super.close();
    const entry = this.#draft.entry();
    if (entry === undefined) this.#reading.isForeign = true;
    else {
      this.#entries.push(entry);
      this.#reading.objects++;
      this.#reading.properties += entry.properties.size;
    }
  }

  protected set(key: string, value: PropertyValue): void {
    this.#draft.set(key, value);
  }

  protected openAt(key: string, element: 'dict' | 'array'): Container {
    if (key === 'IORegistryEntryChildren' && element === 'array')
      return new ObjectList(this.#draft.children, this.#reading);
    if (!this.wanted) return new Skipped(element);
    const { value, container } = openProperty(element);
    this.#draft.set(key, value);
    return container;
  }
}
