import fc from 'fast-check';
import type {
  KernelAnswer,
  KernelClass,
  KernelKext,
  KernelProperty,
  KernelRegistryEntry,
} from '../../../src/simulator/kernelAnswer.ts';

const plain = { noNullPrototype: true } as const;
const identifier = fc.stringMatching(/^[a-z]{2,4}(\.[A-Za-z0-9_-]{1,12}){1,4}$/);
const className = fc.stringMatching(/^[A-Z][A-Za-z0-9_]{0,20}$/);
const uuid = fc.stringMatching(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
const pages = (most: number) => fc.integer({ min: 0, max: most }).map(number => number * 0x1000);

const kext: fc.Arbitrary<KernelKext> = fc.record(
  {
    index: fc.integer({ min: 1, max: 9999 }),
    identifier,
    version: fc.stringMatching(/^\d{1,3}(\.\d{1,2}){0,2}([dabf]\d{1,2})?$/),
    uuid,
    address: pages(0xffff).map(low => 0xffffff7f00000000 + low),
    size: pages(0xfff),
    wired: pages(0xfff),
    references: fc.integer({ min: 0, max: 300 }),
    dependencies: fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 6 }),
    started: fc.boolean(),
  },
  plain,
);

const kernelClass: fc.Arbitrary<KernelClass> = fc.record(
  { name: className, superclass: fc.option(className), kext: identifier, count: fc.integer({ min: -3, max: 5000 }) },
  plain,
);

/** What ioreg prints unescaped has to be free of its own brackets; line ends have no place in a line. */
const word = fc.stringMatching(/^[A-Za-z0-9 _,.:/-]{0,20}$/);
const number = fc.integer({ min: -(2 ** 31), max: 2 ** 50 });

/** A registry property, as drivers set them. */
const { property } = fc.letrec<{ property: KernelProperty }>(tie => ({
  property: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    word,
    number,
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }).map(value => ({ OSNumber: String(value) })),
    fc.boolean(),
    fc.array(tie('property'), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9 -]{0,10}$/), tie('property'), { maxKeys: 3, ...plain }),
  ),
}));

const entryName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,12}$/);
const location = fc.stringMatching(/^[0-9A-F]{1,4}(,[0-9A-F])?$/);

/** One registry object without its children; its id is given when the tree is put together. */
const loneEntry = fc
  .record(
    {
      name: entryName,
      location: fc.option(location, { nil: undefined }),
      inheritance: fc.uniqueArray(className, { minLength: 2, maxLength: 4 }),
      service: fc.boolean(),
      registered: fc.boolean(),
      matched: fc.boolean(),
      active: fc.boolean(),
      busy: fc.integer({ min: 0, max: 3 }),
      busyTime: fc.integer({ min: 0, max: 9_000_000_000 }),
      retain: fc.integer({ min: 1, max: 60 }),
      properties: fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,12}$/), property, { maxKeys: 4, ...plain }),
    },
    plain,
  )
  .map(({ location: at, ...entry }) => ({
    ...entry,
    ...(at === undefined ? {} : { location: at }),
    class: entry.inheritance.at(-1) ?? '',
    // IOService.h: inactive 1, registered 2, matched 4.
    state: (entry.active ? 0 : 1) | (entry.registered ? 2 : 0) | (entry.matched ? 4 : 0),
  }));

interface Tree {
  readonly entry: Omit<KernelRegistryEntry, 'id' | 'children'>;
  readonly children: readonly Tree[];
}

const { tree } = fc.letrec<{ tree: Tree }>(tie => ({
  tree: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    loneEntry.map(entry => ({ entry, children: [] })),
    fc.record({ entry: loneEntry, children: fc.array(tie('tree'), { maxLength: 3 }) }),
  ),
}));

function withIds({ entry, children }: Tree, ids: { next: number }): KernelRegistryEntry {
  ids.next += 1;
  return {
    ...entry,
    id: `0x${(0x100000000 + ids.next).toString(16)}`,
    children: children.map(each => withIds(each, ids)),
  };
}

/** Any registry that a kernel could answer with. */
export const registry: fc.Arbitrary<KernelRegistryEntry> = tree.map(each => withIds(each, { next: 0xff }));

/** Any answer of the simulated kernel. */
export const kernelAnswer: fc.Arbitrary<KernelAnswer> = fc.record(
  {
    clock: fc.nat(),
    threads: fc.nat(),
    nextEntry: fc.nat(),
    nextKext: fc.nat(),
    nextAddress: pages(0xffff),
    log: fc.array(fc.record({ time: fc.nat(), text: fc.string() })),
    events: fc.constant([]),
    kexts: fc.uniqueArray(kext, { selector: each => each.index, minLength: 1, maxLength: 8 }),
    classes: fc.uniqueArray(kernelClass, { selector: each => each.name.toLowerCase(), maxLength: 10 }),
    registry,
  },
  plain,
);
