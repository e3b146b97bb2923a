/**
 * Of a capture's records, what the simulated kernel can hold. What it cannot is taken out of the record, or gets a
 * stand-in where a record has to have it, and stands in `unheld`.
 */
export interface Held<Record, Kernel> {
  readonly records: readonly Record[];
  readonly kernel: readonly Kernel[];
  /** A line for each thing: whose it is and what. */
  readonly unheld: readonly string[];
}
