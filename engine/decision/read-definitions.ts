// DMN text to dmn-moddle's elements, with a sentence for what is no DMN.
import { DmnModdle } from 'dmn-moddle';
import { isElement, type Element } from './moddle-element.ts';

const current = { model: 'https://www.omg.org/spec/DMN/20191111/MODEL/', diagram: 'https://www.omg.org/spec/DMN/20191111/DMNDI/' } as const;
/** Other versions whose decisions look the same; the reader knows 1.3. */
const others = [
  { model: 'http://www.omg.org/spec/DMN/20151101/dmn.xsd', diagram: 'http://www.omg.org/spec/DMN/20180521/DMNDI/' },
  { model: 'http://www.omg.org/spec/DMN/20180521/MODEL/', diagram: 'http://www.omg.org/spec/DMN/20180521/DMNDI/' },
  { model: 'https://www.omg.org/spec/DMN/20211108/MODEL/', diagram: 'https://www.omg.org/spec/DMN/20211108/DMNDI/' },
  { model: 'https://www.omg.org/spec/DMN/20230324/MODEL/', diagram: 'https://www.omg.org/spec/DMN/20230324/DMNDI/' },
  { model: 'https://www.omg.org/spec/DMN/20240513/MODEL/', diagram: 'https://www.omg.org/spec/DMN/20240513/DMNDI/' },
] as const;

/** Reads `<definitions>`; refuses what is no well-formed DMN, with line and reason. */
export async function readDefinitions(xml: string): Promise<Element | { readonly error: string }> {
  const text = others.reduce((found, { model, diagram }) => found.replaceAll(`"${model}"`, `"${current.model}"`).replaceAll(`"${diagram}"`, `"${current.diagram}"`), xml);
  if (/^(?:[^<]|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*<!DOCTYPE/i.test(xml)) return { error: 'a DOCTYPE is not allowed, as it can hold entities that grow without end or come from outside; remove it' };
  if (!text.includes(current.model)) return { error: `the file is no DMN: expected the namespace ${current.model} (DMN 1.3)` };
  try {
    const { rootElement, warnings } = await new DmnModdle().fromXML(text);
    const [fault] = warnings.filter(({ message }) => message.startsWith('unparsable content'));
    if (fault !== undefined) return { error: sentence(fault.message) };
    return isElement(rootElement) ? rootElement : { error: 'the file holds no <definitions>' };
  } catch (error) {
    if (error instanceof Error) return { error: sentence(error.message) };
    throw error;
  }
}

/** moddle's message on one line; its lines count from 0. */
function sentence(message: string): string {
  const line = /line: (\d+)/.exec(message)?.[1];
  const reason = /nested error: (.*)/.exec(message)?.[1];
  const [what = message] = message.split('\n');
  return `${what.trim()}${line === undefined ? '' : ` at line ${Number(line) + 1}`}${reason === undefined ? '' : `: ${reason}`}`;
}
