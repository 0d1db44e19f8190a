// A progress bar in a terminal; in a log one line at each quarter.

/** Returns what to call after each case. */
export function showProgress(label: string, out: NodeJS.WriteStream = process.stderr): (done: number, total: number) => void {
  const width = 30;
  let lastQuarter = 0;
  return (done, total) => {
    if (out.isTTY) {
      const filled = Math.round((done / total) * width);
      out.write(`\r${label} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done}/${total}${done === total ? '\n' : ''}`);
      return;
    }
    const quarter = Math.floor((done / total) * 4);
    if (quarter > lastQuarter) out.write(`${label} ${done}/${total}\n`);
    lastQuarter = quarter;
  };
}
