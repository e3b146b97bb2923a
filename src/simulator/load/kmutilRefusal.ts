/** Why kmutil(8) does not do what it is asked for. Its number is also its exit status. */
export interface KmutilRefusal {
  readonly number: number;
  readonly description: string;
}

/** The numbers that were seen in public logs; the same number stands for unrelated causes. */
export const kmutilNumbers = {
  unloading: 3,
  notApproved: 27,
  restartNeeded: 28,
  notValid: 30,
  notLinked: 31,
  other: 71,
} as const;
