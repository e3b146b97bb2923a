/** Views that show what the target holds. A Mac is not asked while none of them is seen. */
export class Onlookers {
  readonly #views: (() => boolean)[] = [];

  /** `isSeen`: whether the user sees it at the moment. */
  add(isSeen: () => boolean): void {
    this.#views.push(isSeen);
  }

  get areThere(): boolean {
    return this.#views.some(isSeen => isSeen());
  }
}
