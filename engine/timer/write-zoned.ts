// Writes a date-time as a cluster does: the shortest time, then the offset, then the zone when it has one.
import { DateTime } from 'luxon';

/** `text`: what `parseInstant` reads. `2030-01-02T10:00:00.000+01:00[Europe/Berlin]` becomes `2030-01-02T10:00+01:00[Europe/Berlin]`. */
export function writeZoned(text: string): string {
  const found = /^([^[@]+)(?:\[([^\]]+)\]|@(.+))?$/.exec(text.trim());
  const zone = found?.[2] ?? found?.[3];
  const date = DateTime.fromISO(found?.[1] ?? '', zone === undefined ? { setZone: true } : { zone });
  return `${date.toFormat("yyyy-MM-dd'T'HH:mm")}${secondsOf(date)}${date.offset === 0 ? 'Z' : date.toFormat('ZZ')}${zone === undefined ? '' : `[${zone}]`}`;
}

/** Left out when there are none. */
function secondsOf({ second, millisecond }: DateTime): string {
  if (second === 0 && millisecond === 0) return '';
  return `:${String(second).padStart(2, '0')}${millisecond === 0 ? '' : `.${String(millisecond).padStart(3, '0')}`}`;
}
