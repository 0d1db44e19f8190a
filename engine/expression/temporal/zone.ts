// Time zones: whether a name is one, and its offset from UTC at a moment or at a local time.
import { IANAZone } from 'luxon';

/** The longest offset that a time may carry, in seconds. */
export const maxOffset = 18 * 3600;
/** A day before the last second that a JavaScript date holds. */
const lastMoment = 8.64e12 - 2 * 86_400;

export const isZone = (name: string): boolean => /^[A-Za-z][A-Za-z0-9+\-_/]*$/.test(name) && IANAZone.isValidZone(name);

/** What finding a zone's offset costs, in steps of the evaluation's budget. */
export const zoneCost = 300;

/** Offsets by zone and quarter of an hour: zones change on quarters only. */
const offsets = new Map<string, number>();
const offsetsKept = 20_000;

/** Seconds east of UTC at an epoch second; beyond JavaScript's dates, the offset of its last one. */
export function offsetAt(zone: string, epochSecond: number): number {
  const moment = Math.max(-lastMoment, Math.min(lastMoment, epochSecond));
  const key = `${zone} ${Math.floor(moment / 900)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const offset = IANAZone.create(zone).offset(moment * 1000) * 60;
  if (offsets.size >= offsetsKept) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** The local time's offset: in an overlap the earlier one, in a gap the one before it, as Java resolves both. */
export function offsetOfLocal(zone: string, localSecond: number): number {
  const before = offsetAt(zone, localSecond - 86_400 - offsetAt(zone, localSecond - 86_400));
  if (offsetAt(zone, localSecond - before) === before) return before;
  const after = offsetAt(zone, localSecond - before);
  return offsetAt(zone, localSecond - after) === after ? after : before;
}

/** The zone's offset in winter, for a time without a date. */
export function standardOffset(zone: string): number {
  return Math.min(offsetAt(zone, 1_577_836_800), offsetAt(zone, 1_593_561_600));
}
