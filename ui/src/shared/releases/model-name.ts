/** How a model version is called on pages: family and version, the version once. */

type Named = { modelName: string; modelVersion: string };

/** "credit-risk v2"; a name that carries its version already ("credit-risk-v2") is taken apart. */
export function nameOfModel({ modelName, modelVersion }: Named): string {
  const bare = modelVersion.replace(/^v/i, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const family = modelName.replace(new RegExp(`[-_ ]v?${bare}$`, 'i'), '');
  return `${family} ${nameOfVersion(modelVersion)}`;
}

/** "v2" for "2" and "v2"; other names stay. */
export function nameOfVersion(version: string): string {
  return /^\d/.test(version) ? `v${version}` : version;
}
