import { SaxesParser } from 'saxes';
import type { PropertyValue, RegistryEntry } from '../../model/registryEntry.ts';
import type { ArchiveReading, Container } from './container.ts';
import { leafValue } from './leafValue.ts';
import { Malformed } from './malformed.ts';
import { ArchiveRoot } from './objects.ts';
import { SharedValues } from './sharedValues.ts';

// ioreg nests two elements for each level of its tree, which has a few dozen.
const deepest = 1000;

/**
 * The XML of one archive from its `<plist` on, read piece by piece. It expands XML's own five entities and no others, so that
 * no text grows.
 */
export class ArchiveXml {
  readonly #parser = new SaxesParser({ position: false });
  readonly #root: ArchiveRoot;
  readonly #values = new SharedValues();
  readonly #open: Container[] = [];
  #innermost: Container | undefined;
  /** The element without others in it that is open, and what stands in it so far. */
  #leaf: string | undefined;
  #content = '';
  #end: number | undefined;

  constructor(reading: ArchiveReading) {
    this.#root = new ArchiveRoot(reading);
    this.#parser.on('opentag', ({ name }) => this.#begin(name));
    this.#parser.on('closetag', () => this.#finish());
    this.#listen(true);
    this.#parser.on('error', ({ message }) => this.#fail(message));
  }

  /** Throws Malformed where the text is no property list. */
  feed(piece: string): void {
    this.#parser.write(piece);
  }

  get entries(): readonly RegistryEntry[] {
    return this.#root.entries;
  }

  /** Where `</plist>` ends, in characters from the start; undefined before that. */
  get end(): number | undefined {
    return this.#end;
  }

  /** How far the text was read, in characters from the start. */
  get position(): number {
    return this.#parser.position;
  }

  /** The name of the element in which the text has come to its end so far. */
  get inside(): string {
    return this.#leaf ?? this.#innermost?.element ?? 'plist';
  }

  #begin(name: string): void {
    if (this.#end !== undefined) return;
    if (this.#leaf !== undefined) throw new Malformed(`an element inside <${this.#leaf}>`);
    if (this.#innermost === undefined) this.#beginRoot(name);
    else if (name === 'dict' || name === 'array') this.#push(this.#innermost.open(name));
    else {
      this.#leaf = name;
      this.#content = '';
    }
  }

  #beginRoot(name: string): void {
    if (name !== 'plist') throw new Malformed(`<${name}> where <plist> belongs`);
    this.#push(this.#root);
  }

  #push(container: Container): void {
    if (this.#open.length === deepest) throw new Malformed('nested too deeply');
    if (container.skips && !this.#innermost?.skips) this.#listen(false);
    this.#open.push(container);
    this.#innermost = container;
  }

  /** Of what is skipped, the parser need not make texts. */
  #listen(on: boolean): void {
    for (const event of ['text', 'cdata'] as const)
      if (on) this.#parser.on(event, this.#say);
      else this.#parser.off(event);
  }

  #finish(): void {
    const innermost = this.#innermost;
    if (innermost === undefined) return;
    if (this.#leaf === undefined) this.#pop(innermost);
    else if (this.#leaf === 'key') innermost.takeKey(this.#values.key(this.#content));
    else innermost.take(innermost.wanted ? this.#value(this.#leaf) : undefined);
    this.#leaf = undefined;
  }

  #pop(container: Container): void {
    container.close();
    this.#open.pop();
    this.#innermost = this.#open.at(-1);
    if (container.skips && !this.#innermost?.skips) this.#listen(true);
    if (this.#innermost === undefined) this.#end = this.#parser.position;
  }

  #value(element: string): PropertyValue {
    if (element === 'integer') return this.#values.integer(this.#content);
    return leafValue(element, this.#content);
  }

  readonly #say = (text: string): void => {
    if (this.#leaf !== undefined) this.#content += text;
    else if (this.#innermost !== undefined && text.trim() !== '')
      throw new Malformed(`"${text.trim().slice(0, 20)}" where an element belongs`);
  };

  #fail(message: string): void {
    // Devices have names with control characters, which ioreg writes as they are.
    if (this.#end === undefined && message !== 'disallowed character.') throw new Malformed(message.replace(/\.$/, ''));
  }
}
