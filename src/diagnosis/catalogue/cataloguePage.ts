/** Where a row is explained: a file of the extension, and a heading in it. */
export interface CataloguePage {
  /** Relative to the extension: `media/failures/unload.md`. */
  readonly file: string;
  /** As a link names the heading in VS Code's rendered Markdown, and on most sites. */
  readonly anchor: string;
}

/** The page of the row with that id. The part before the first dot is the page's name, the whole id the heading. */
export function pageOf(id: string): CataloguePage {
  const [page = id] = id.split('.');
  return { file: `media/failures/${page}.md`, anchor: id.toLowerCase().replaceAll(/[^\w-]/g, '') };
}
