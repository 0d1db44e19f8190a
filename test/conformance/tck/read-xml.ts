// A small reader for the kit's test cases: elements, attributes and text of well-formed XML, without namespaces.

export type XmlElement = { readonly name: string; readonly attributes: ReadonlyMap<string, string>; readonly children: readonly XmlElement[]; readonly text: string };
type Open = { name: string; attributes: Map<string, string>; children: XmlElement[]; text: string };

const token = /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
const plain = (text: string): string =>
  text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) =>
    name !== undefined ? (entities[name] ?? whole) : String.fromCodePoint(hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)));

/** The root element. */
export function readXml(xml: string): XmlElement {
  const root: Open = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [root];
  for (const [, cdata, closes, opens, given = '', isEmpty, text] of xml.matchAll(token)) {
    const top = open.at(-1) ?? root;
    if (cdata !== undefined) top.text += cdata;
    else if (text !== undefined) top.text += plain(text);
    else if (closes !== undefined) open.pop();
    else if (opens !== undefined) {
      const attributes = new Map([...given.matchAll(attribute)].map(([, name = '', double, single]) => [local(name), plain(double ?? single ?? '')]));
      const element: Open = { name: local(opens), attributes, children: [], text: '' };
      top.children.push(element);
      if (isEmpty !== '/') open.push(element);
    }
  }
  const [found] = root.children;
  if (found === undefined) throw new Error('The file holds no XML element.');
  return found;
}

export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] => element.children.filter((child) => child.name === name);
export const childOf = (element: XmlElement, name: string): XmlElement | undefined => childrenOf(element, name)[0];
