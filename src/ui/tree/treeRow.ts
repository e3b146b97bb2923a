/** One row of the Loaded Kexts tree, before VS Code draws it. */
export interface TreeRow {
  /** Stable over refreshes. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Markdown-free text. */
  readonly tooltip?: string;
  /** The row as a sentence, for screen readers. */
  readonly spoken: string;
  readonly icon: string;
  readonly colour?: 'error' | 'warning';
  /** Says which actions the row offers (`view/item/context` in package.json). */
  readonly context?: string;
  readonly children?: readonly TreeRow[];
  readonly expanded?: boolean;
  /** What a click runs, where the row is no more than that. */
  readonly command?: string;
  /** Of that. */
  readonly argument?: string;
  /** Set on rows of one's own kext and of other vendors': its identifier. */
  readonly kext?: string;
  /** Set on rows of the window's kexts: what tells each from the others. */
  readonly ownKey?: string;
  /** Set on rows of classes: what Go to Class opens. */
  readonly className?: string;
}
