import type { PropertyValue } from '../../model/registryEntry.ts';
import type { Container } from './container.ts';
import { Dictionary } from './dictionary.ts';
import { Malformed } from './malformed.ts';

/** A dictionary or a list among an object's properties, and the container that fills it while it is read. */
export function openProperty(element: 'dict' | 'array'): {
  readonly value: PropertyValue;
  readonly container: Container;
} {
  if (element === 'array') {
    const container = new PropertyList();
    return { value: container.items, container };
  }
  const container = new PropertyDictionary();
  return { value: { dictionary: container.dictionary }, container };
}

class PropertyDictionary extends Dictionary {
  readonly wanted = true;
  readonly dictionary = new Map<string, PropertyValue>();

  protected set(key: string, value: PropertyValue): void {
    this.dictionary.set(key, value);
  }

  protected openAt(key: string, element: 'dict' | 'array'): Container {
    const { value, container } = openProperty(element);
    this.dictionary.set(key, value);
    return container;
  }
}

class PropertyList implements Container {
  readonly element = 'array';
  readonly wanted = true;
  readonly skips = false;
  readonly items: PropertyValue[] = [];

  takeKey(): void {
    throw new Malformed('a key where a value belongs');
  }

  take(value: PropertyValue | undefined): void {
    if (value !== undefined) this.items.push(value);
  }

  open(element: 'dict' | 'array'): Container {
    const { value, container } = openProperty(element);
    this.items.push(value);
    return container;
  }

  close(): void {}
}

/** A dictionary or a list that is not kept, with whatever stands in it. */
export class Skipped implements Container {
  readonly element: 'dict' | 'array';
  readonly wanted = false;
  readonly skips = true;

  constructor(element: 'dict' | 'array') {
    this.element = element;
  }

  takeKey(): void {}

  take(): void {}

  open(element: 'dict' | 'array'): Container {
    return new Skipped(element);
  }

  close(): void {}
}
