/** `9f41…c07e`: a digest that a person can compare; whole ones are copied. */
export function shortDigest(digest: string): string {
  return digest.length <= 12 ? digest : `${digest.slice(0, 4)}…${digest.slice(-4)}`;
}
