// Seeds of random processes that once showed a difference: every whole run plays them again. The rules behind them are scenarios of the corpus, too.

/** They mean other processes when what is drawn changes; then the corpus alone remembers. */
export const onceFailed: readonly number[] = [22205, 30185, 31332, 31506, 32494, 32770, 33842, 40656, 41717, 45233, 50128, 1795406316, 1795501856, 1797001154];
