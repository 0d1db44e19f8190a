/** Calendar days from now to a moment, where the person is: 0 is today, and never less. */
export function daysUntil(at: number, now: number): number {
  return Math.max(0, Math.round((midnight(at) - midnight(now)) / 86_400_000));
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
