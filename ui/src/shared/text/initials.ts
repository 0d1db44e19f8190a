/** The first letters of the first two words of a name, for a person's mark. */
export function initials(name: string): string {
  const parts = name.split(/[\s._-]+/).filter((part) => part !== '');
  return parts
    .slice(0, 2)
    .map((part) => part[0]?.toUpperCase() ?? '')
    .join('');
}
