/** Counts the lines of one archive while it is read, and keeps its text for the case that it makes no record. */
export class LinesOfArchive {
  readonly #pieces: string[] = [];
  /** How many lines have ended in it. */
  ends = 0;
  /** How many of them are not blank, the first one left out: that began before the archive. */
  filled = 0;
  /** What stands behind the last line end. */
  last = '';

  take(text: string): void {
    this.#pieces.push(text);
    let at = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', at)) {
      if (this.ends > 0 && (isFilled(text, at, end) || (at === 0 && this.last.trim() !== ''))) this.filled++;
      this.ends++;
      at = end + 1;
    }
    this.last = at === 0 ? this.last + text : text.slice(at);
  }

  /** What stands before the first line end. */
  get first(): string {
    const { text } = this;
    return text.slice(0, text.indexOf('\n'));
  }

  get text(): string {
    return this.#pieces.join('');
  }

  /** How many lines end before that character. */
  endsBefore(position: number): number {
    let count = 0;
    let start = 0;
    for (const piece of this.#pieces) {
      for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', end + 1)) {
        if (start + end >= position) return count;
        count++;
      }
      start += piece.length;
    }
    return count;
  }
}

/** Whether a line is not blank. Nearly all end in a `>`. */
function isFilled(text: string, start: number, end: number): boolean {
  return text.charCodeAt(end - 1) === 0x3e ? end > start : text.slice(start, end).trim() !== '';
}
