// Durations as processes take them.

/** ISO 8601, in seconds with a fraction: what the engine's timers understand exactly. */
export function isoDuration(milliseconds: number): string {
  return `PT${Math.max(0, milliseconds) / 1_000}S`;
}
