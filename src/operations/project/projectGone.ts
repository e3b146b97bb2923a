/** The project's folder went while something worked in it: what failed there says nothing of the project. */
export class ProjectGone extends Error {
  constructor(folder: string) {
    super(`The project's folder is gone: ${folder}. Put it back, or open the project where it is.`);
    this.name = 'ProjectGone';
  }
}
