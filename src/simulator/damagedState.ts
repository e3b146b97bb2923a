/** A file of a Simulated Mac's state is not what it was written as; the message names it and says what helps. */
export class DamagedState extends Error {
  /** `damage`: `it is empty`; `mends`: what else helps than a new one. */
  constructor(file: string, damage: string, mends = '') {
    super(`${file} of the Simulated Mac is damaged: ${damage}; ${mends}\`kext-dev reset\` makes a new one`);
    this.name = 'DamagedState';
  }
}
