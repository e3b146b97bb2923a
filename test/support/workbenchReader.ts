import type { Locator, Page } from 'playwright-core';

/** A row of a tree as the user sees it, and as a screen reader says it. */
export interface SeenRow {
  /** Label and description, as they stand in the row; empty where it has none (a Problem is read by what is spoken). */
  readonly text: string;
  readonly spoken: string;
  /** 1 for a root. */
  readonly level: number;
  /** undefined for a leaf. */
  readonly expanded: boolean | undefined;
}

/** One entry of the Problems panel, or the file that entries stand under. */
export type SeenProblem = Omit<SeenRow, 'expanded'>;

/** Badge of an activity-bar container: `Kexts - 3 leaked instances`. */
export interface SeenBadge {
  readonly name: string;
  readonly badge: string;
}

/** What can be read from a window. */
export const readings = [
  'tree',
  'sidebar',
  'statusbar',
  'problems',
  'badge',
  'notifications',
  'notificationButtons',
  'codelens',
  'editor',
  'quickpick',
] as const;
export type Reading = (typeof readings)[number];

/** The answer to each reading. */
export interface Read {
  tree: SeenRow[];
  /** Its text, line for line: titles, welcome texts, buttons. */
  sidebar: string[];
  statusbar: string[];
  problems: SeenProblem[];
  badge: SeenBadge[];
  notifications: string[];
  /** Under the messages of all of them. */
  notificationButtons: string[];
  codelens: string[];
  editor: string[];
  /** The entries of the list that is open, as a screen reader says them. */
  quickpick: string[];
}

/** Reads one part of VS Code's window from its page. What is scrolled out of sight is not read. */
export function readWorkbench<R extends Reading>(page: Page, reading: R): Promise<Read[R]> {
  return readers[reading](page);
}

const readers: { [R in Reading]: (page: Page) => Promise<Read[R]> } = {
  tree: page => readRows(page.locator('.part.sidebar [role="treeitem"]')),
  sidebar: readSideBar,
  problems: page => readRows(page.locator('.markers-panel [role="treeitem"]')),
  statusbar: page => labelsOf(page.locator('.statusbar-item')),
  badge: readBadges,
  notifications: page => textsOf(page.locator('.notification-list-item-message')),
  notificationButtons: page => textsOf(page.locator('.notification-list-item-buttons-container .monaco-button')),
  codelens: page => textsOf(page.locator('.codelens-decoration')),
  editor: readEditor,
  quickpick: page => labelsOf(page.locator('.quick-input-list .monaco-list-row')),
};

/** The rows of the side bar's view with this title; of every view where none is named. */
export async function readTree(page: Page, viewTitle?: string): Promise<SeenRow[]> {
  if (viewTitle === undefined) return readWorkbench(page, 'tree');
  return readRows(paneOf(page, viewTitle).locator('[role="treeitem"]'));
}

/** A view of the side bar, header and body. */
export function paneOf(page: Page, viewTitle: string): Locator {
  const header = page.locator('.pane-header').filter({ has: page.getByText(viewTitle, { exact: true }) });
  return page.locator('.part.sidebar .pane').filter({ has: header });
}

async function readRows(rows: Locator): Promise<SeenRow[]> {
  return rows.evaluateAll(elements =>
    elements
      .map(element => ({
        top: element.getBoundingClientRect().top,
        row: {
          text: [...element.querySelectorAll('.monaco-icon-label .label-name, .monaco-icon-label .label-description')]
            .map(part => part.textContent ?? '')
            .filter(part => part !== '')
            .join(' '),
          spoken: element.getAttribute('aria-label') ?? '',
          level: Number(element.getAttribute('aria-level') ?? 1),
          expanded: element.hasAttribute('aria-expanded')
            ? element.getAttribute('aria-expanded') === 'true'
            : undefined,
        },
      }))
      .sort((a, b) => a.top - b.top)
      .map(({ row }) => row),
  );
}

async function readSideBar(page: Page): Promise<string[]> {
  const text = (await page.locator('.part.sidebar').allInnerTexts()).join('\n');
  return text.split('\n').filter(line => line.trim() !== '');
}

async function readBadges(page: Page): Promise<SeenBadge[]> {
  const items = page.locator('.activitybar .action-item').filter({ has: page.locator('.badge-content:not(:empty)') });
  return items.evaluateAll(elements =>
    elements.map(element => ({
      name:
        element.getAttribute('aria-label') ?? element.querySelector('[aria-label]')?.getAttribute('aria-label') ?? '',
      badge: element.querySelector('.badge-content')?.textContent ?? '',
    })),
  );
}

/** The visible lines of the editors, from top to bottom, with plain spaces. */
async function readEditor(page: Page): Promise<string[]> {
  return page.locator('.editor-instance .view-lines .view-line').evaluateAll(lines =>
    lines
      .map(line => ({ top: line.getBoundingClientRect().top, text: line.textContent ?? '' }))
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text.replaceAll('\u00a0', ' ')),
  );
}

async function textsOf(elements: Locator): Promise<string[]> {
  return (await elements.allInnerTexts()).map(text => text.replace(/\s+/g, ' ').trim());
}

async function labelsOf(elements: Locator): Promise<string[]> {
  return elements.evaluateAll(all =>
    all
      .filter(element => element.getClientRects().length > 0)
      .map(element => element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '')
      .filter(label => label !== ''),
  );
}
