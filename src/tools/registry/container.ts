import type { PropertyValue } from '../../model/registryEntry.ts';

/** An element of an archive that is open and holds others. Its methods throw Malformed for what cannot stand in it. */
export interface Container {
  readonly element: 'plist' | 'dict' | 'array';
  /** False while what comes next is not kept, so that its value need not be made. */
  readonly wanted: boolean;
  /** True where nothing in it is kept: it hears of no keys and values. */
  readonly skips: boolean;
  takeKey(key: string): void;
  /** A value that holds no others; undefined where it is not wanted. */
  take(value: PropertyValue | undefined): void;
  /** The container for a dictionary or a list that begins here. */
  open(element: 'dict' | 'array'): Container;
  close(): void;
}

/** What all containers of an archive know. */
export interface ArchiveReading {
  /** Whether a property of that name is kept. */
  readonly keeps: (key: string) => boolean;
  /** Something stands where an object belongs. */
  isForeign: boolean;
  /** How many objects have been read, and how many of their properties were kept. */
  objects: number;
  properties: number;
}
