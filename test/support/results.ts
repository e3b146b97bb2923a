/** How many tests passed and failed, as their runner reported it. */
export interface Results {
  readonly passed: number;
  readonly failed: number;
}

export function addResults(all: readonly Results[]): Results {
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
  };
}
