// Where the kit lies (outside this repository) and where its page is.
export const kit = new URL('../../../../shared/conformance/dmn-tck.tar.xz', import.meta.url);
export const page = new URL('../../../docs/dmn-tck.md', import.meta.url);
