// Custom headers that the engine itself gives to a job, beside those of the diagram: they tell of a user task.

/** All their names begin with it, and none of a diagram may. */
export const OWN_HEADER = 'io.camunda.zeebe:';

/** `headers` and the answer are JSON, null where there are none; what has no value, or an empty one, is not told. */
export function addHeaders(headers: string | null, told: Readonly<Record<string, string | null | undefined>>): string | null {
  const added = Object.entries(told).filter(([, value]) => value != null && value !== '').map(([name, value]) => [`${OWN_HEADER}${name}`, value]);
  return added.length === 0 ? headers : JSON.stringify({ ...(headers === null ? {} : (JSON.parse(headers) as Record<string, string>)), ...Object.fromEntries(added) });
}
