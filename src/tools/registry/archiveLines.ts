import { isNoise } from '../text/noise.ts';
import type { LineNotUnderstood } from '../text/parsedText.ts';
import { LinesOfArchive } from './linesOfArchive.ts';

/** A line of the text that has not ended. */
interface OpenLine {
  readonly number: number;
  /** All of it so far. */
  text: string;
  /** What of it stands behind the last archive. */
  outside: string;
  /** Part of an archive stands on it. */
  archive: boolean;
  /** Something else stands on it beside an archive. */
  foreign: boolean;
  /** Part of what turned out to be no archive stands on it. */
  refused: boolean;
}

/** Says of every line of a text with archives in it what it is: part of a record, a notice, or not understood. */
export class ArchiveLines {
  readonly notices: string[] = [];
  readonly notUnderstood: LineNotUnderstood[] = [];
  recordLines = 0;
  #line = openLine(1);
  /** Lines that introduce an archive, until it is known whether one follows. */
  #prolog: LineNotUnderstood[] = [];
  #archive = new LinesOfArchive();

  /** Takes text that belongs to no archive. */
  outside(text: string): void {
    let at = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', at)) {
      this.#continue(text.slice(at, end));
      this.#endLine();
      at = end + 1;
    }
    this.#continue(text.slice(at));
  }

  /** An archive begins here; its text comes by `inside`, and then `accept` or `refuse`. */
  begin(): void {
    this.#line.foreign ||= !isProlog(this.#line.outside);
    this.#line.archive = true;
    this.#line.outside = '';
    this.#archive = new LinesOfArchive();
  }

  inside(text: string): void {
    this.#archive.take(text);
  }

  /** The line of the text on which that character of the open archive stands. */
  lineAt(position: number): number {
    return this.#line.number + this.#archive.endsBefore(position);
  }

  /** The archive has ended, and made records. */
  accept(): void {
    const archive = this.#archive;
    this.recordLines += this.#prolog.length + archive.filled;
    this.#prolog = [];
    if (archive.ends > 0) {
      if (this.#line.foreign) this.#line.text += archive.first;
      this.#endLine();
      this.#line = { ...openLine(this.#line.number + archive.ends - 1), archive: true };
    }
    this.#line.text += archive.last;
  }

  /** The archive has ended, or the text has in the middle of it, and it made no record. */
  refuse(remark: string): void {
    for (const { text } of this.#prolog) this.notices.push(text);
    this.#prolog = [];
    this.notUnderstood.push({ line: 0, text: remark });
    for (const [at, text] of this.#archive.text.split('\n').entries()) {
      if (at > 0) this.#endLine();
      this.#line.text += text;
      this.#line.refused = true;
    }
  }

  /** The text has ended. */
  end(): void {
    this.#finish(this.#line.text);
    this.#keepProlog();
  }

  #continue(text: string): void {
    this.#line.text += text;
    this.#line.outside += text;
  }

  #endLine(): void {
    const { number, text } = this.#line;
    this.#finish(text.endsWith('\r') ? text.slice(0, -1) : text);
    this.#line = openLine(number + 1);
  }

  #finish(text: string): void {
    const { number, archive, foreign, refused, outside } = this.#line;
    const isPure = !foreign && isProlog(outside);
    if (archive && isPure && !refused) this.recordLines++;
    else if (text.trim() === '') return;
    else if (!refused && isNoise(text)) this.notices.push(text);
    else if (!refused && isPure) this.#prolog.push({ line: number, text });
    else {
      this.#keepProlog();
      this.notUnderstood.push({ line: number, text });
    }
  }

  #keepProlog(): void {
    for (const line of this.#prolog) this.notUnderstood.push(line);
    this.#prolog = [];
  }
}

function openLine(number: number): OpenLine {
  return { number, text: '', outside: '', archive: false, foreign: false, refused: false };
}

/** Blank, or what introduces an XML document. */
function isProlog(text: string): boolean {
  return text.length < 1000 && /^(<\?xml\b.*\?>)?\s*(<!DOCTYPE\b.*>)?$/.test(text.trim());
}
