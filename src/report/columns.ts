/** Rows as lines with their cells below one another; `widest`: what one cell makes a column wide at the most. */
export function columns(rows: readonly (readonly string[])[], widest = Number.POSITIVE_INFINITY): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.min(widest, Math.max(...rows.map(row => row[at]?.length ?? 0))));
  return rows.map(row =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
