/** What comes out of a stream that a far side marks: its words, in order, and between them the bytes as they were. */
export interface MarkedParts {
  /** What stood behind the mark, without its end: `b`, `e0:`. */
  word(word: string): void;
  bytes(piece: Buffer): void;
}

/** A word is never longer than this, in bytes, its end included. */
const longestWord = 24;

/** Finds marks in bytes that come piece by piece, wherever the pieces are cut; each byte is looked at once or twice. */
export class MarkedStream {
  readonly #mark: Buffer;
  readonly #parts: MarkedParts;
  #held: Buffer = Buffer.alloc(0);

  constructor(mark: string, parts: MarkedParts) {
    this.#mark = Buffer.from(mark);
    this.#parts = parts;
  }

  take(piece: Buffer): void {
    const bytes = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
    let from = 0;
    for (;;) {
      const at = bytes.indexOf(this.#mark, from);
      if (at < 0) break;
      const behind = at + this.#mark.length;
      const end = bytes.subarray(behind, behind + longestWord).indexOf(';');
      if (end < 0 && bytes.length - behind < longestWord) {
        this.#give(bytes.subarray(from, at));
        this.#hold(bytes.subarray(at));
        return;
      }
      this.#give(bytes.subarray(from, at));
      if (end >= 0) this.#parts.word(bytes.toString('latin1', behind, behind + end));
      from = behind + Math.max(end + 1, 0);
    }
    const safe = Math.max(from, bytes.length - startOfMark(bytes, this.#mark));
    this.#give(bytes.subarray(from, safe));
    this.#hold(bytes.subarray(safe));
  }

  /** Nothing more comes: what could have become a mark was none. */
  end(): void {
    this.#give(this.#held);
    this.#hold(Buffer.alloc(0));
  }

  #give(bytes: Buffer): void {
    if (bytes.length > 0) this.#parts.bytes(bytes);
  }

  /** A copy: the piece that it is cut from may be large. */
  #hold(bytes: Buffer): void {
    this.#held = Buffer.from(bytes);
  }
}

/** How many bytes at the end may be the beginning of a mark. */
function startOfMark(bytes: Buffer, mark: Buffer): number {
  for (let length = Math.min(mark.length - 1, bytes.length); length > 0; length -= 1)
    if (bytes.subarray(bytes.length - length).equals(mark.subarray(0, length))) return length;
  return 0;
}
