import type { RegistryEntry } from '../../model/registryEntry.ts';
import type { ParsedText } from '../text/parsedText.ts';
import { ArchiveLines } from './archiveLines.ts';
import { ArchiveXml } from './archiveXml.ts';
import type { ArchiveReading } from './container.ts';
import { Malformed } from './malformed.ts';

const opening = '<plist';

/** How much a reader has read and kept so far. */
export interface ArchiveWork {
  readonly characters: number;
  readonly objects: number;
  /** Of all objects together. */
  readonly properties: number;
}

/**
 * Reads a text with archives of ioreg in it as it comes, in pieces that may begin and end anywhere. Each object stands complete
 * as soon as its element ends; no document of the whole is made. The pieces of an archive are kept until its end, so that
 * one that is cut off can be given back.
 */
export class IoregArchiveReader {
  readonly #keeps: (key: string) => boolean;
  readonly #records: RegistryEntry[] = [];
  readonly #lines = new ArchiveLines();
  #archives = 0;
  #work: ArchiveWork = { characters: 0, objects: 0, properties: 0 };
  /** The end of the text so far where an archive may begin in it. */
  #held = '';
  #open: OpenArchive | undefined;

  /** `keeps` tells which properties of an object are kept: all, or those that somebody asks for. */
  constructor(keeps: (key: string) => boolean = () => true) {
    this.#keeps = keeps;
  }

  /** What was read and kept in the archives that have ended. */
  get work(): ArchiveWork {
    return this.#work;
  }

  feed(piece: string): void {
    this.#work = { ...this.#work, characters: this.#work.characters + piece.length };
    const text = this.#held + piece;
    this.#held = '';
    for (let at = 0; at < text.length; )
      at = this.#open === undefined ? this.#readOutside(text, at) : this.#readArchive(this.#open, text, at);
  }

  /**
   * The roots of all archives. Where an archive is cut off or none at all, its lines stand in notUnderstood after a remark
   * with the line number 0 that says what is wrong with it.
   */
  end(): ParsedText<RegistryEntry> {
    const lines = this.#lines;
    lines.outside(this.#held);
    if (this.#open !== undefined) lines.refuse(notWhole(this.#open.problem ?? this.#cutOff(this.#open)));
    lines.end();
    const { recordLines, notices } = lines;
    const remarks = this.#archives === 0 && lines.notUnderstood.length > 0 ? [noArchive] : [];
    return { records: this.#records, recordLines, notices, notUnderstood: [...remarks, ...lines.notUnderstood] };
  }

  #readOutside(text: string, at: number): number {
    const start = text.indexOf(opening, at);
    if (start === -1) {
      const end = text.length - heldOf(text);
      this.#held = text.slice(end);
      this.#lines.outside(text.slice(at, end));
      return text.length;
    }
    this.#lines.outside(text.slice(at, start));
    this.#lines.begin();
    const reading = { keeps: this.#keeps, isForeign: false, objects: 0, properties: 0 };
    this.#open = { reading, xml: new ArchiveXml(reading), fed: 0, problem: undefined };
    this.#archives++;
    return start;
  }

  /** What stands behind an archive that is none cannot be told from it. */
  #readArchive(archive: OpenArchive, text: string, at: number): number {
    const { xml, problem: known } = archive;
    const piece = text.slice(at, known === undefined ? endOfPiece(text, at) : undefined);
    const problem = known === undefined ? problemOf(xml, piece) : undefined;
    const read = xml.end === undefined ? piece.length : xml.end - archive.fed;
    this.#lines.inside(piece.slice(0, read));
    archive.fed += read;
    if (problem !== undefined) archive.problem = `${problem} (line ${this.#lines.lineAt(xml.position)})`;
    if (xml.end !== undefined) this.#close(archive);
    return at + read;
  }

  #close({ xml, reading }: OpenArchive): void {
    this.#open = undefined;
    if (reading.isForeign) {
      this.#lines.refuse(notWhole('its entries have no IOObjectClass'));
      return;
    }
    for (const entry of xml.entries) this.#records.push(entry);
    this.#lines.accept();
    const { characters, objects, properties } = this.#work;
    this.#work = { characters, objects: objects + reading.objects, properties: properties + reading.properties };
  }

  #cutOff({ xml, fed }: OpenArchive): string {
    return `it ends inside <${xml.inside}> (line ${this.#lines.lineAt(fed)})`;
  }
}

interface OpenArchive {
  readonly reading: ArchiveReading;
  readonly xml: ArchiveXml;
  /** How many characters of it have been read. */
  fed: number;
  problem: string | undefined;
}

function problemOf(xml: ArchiveXml, piece: string): string | undefined {
  try {
    xml.feed(piece);
    return undefined;
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
}

const noArchive = { line: 0, text: 'not an I/O Registry archive: it has no <plist>' };

function notWhole(problem: string): string {
  return `not a whole I/O Registry archive: ${problem}`;
}

/** How many characters at the end of the text may be the start of an archive. */
function heldOf(text: string): number {
  for (let length = opening.length - 1; length > 0; length--)
    if (text.endsWith(opening.slice(0, length))) return length;
  return 0;
}

/**
 * Behind the next tag that may be `</plist>`, so that what follows an archive is not fed to its parser. The name alone is
 * looked for: every other tag begins with the same characters.
 */
function endOfPiece(text: string, at: number): number {
  const name = text.indexOf('plist', at);
  const end = name === -1 ? -1 : text.indexOf('>', name);
  return end === -1 ? text.length : end + 1;
}
