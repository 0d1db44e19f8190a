// Compiles the FEEL texts of a DMN file, naming where one stands that is no FEEL.
import { compileFeel, compileUnaryTests, type CompiledExpression } from '../expression/index.ts';
import { textAt, type Element } from './moddle-element.ts';
import { NotDeployable, type Source } from './source.ts';

/** The FEEL text of a literal expression, compiled. */
export function compileText(element: Element, source: Source, what: string): CompiledExpression {
  refuseOtherLanguages(element, source, what);
  const compiled = compileFeel(textAt(element, 'text') ?? 'null', { names: source.names });
  if ('error' in compiled) throw new NotDeployable(`${source.owner}, ${what}: ${compiled.error}`);
  return compiled;
}

/** The unary tests of an input entry, compiled. */
export function compileTests(element: Element, source: Source, what: string): CompiledExpression {
  refuseOtherLanguages(element, source, what);
  const compiled = compileUnaryTests(textAt(element, 'text') ?? '', { names: source.names });
  if ('error' in compiled) throw new NotDeployable(`${source.owner}, ${what}: ${compiled.error}`);
  return compiled;
}

function refuseOtherLanguages(element: Element, source: Source, what: string): void {
  const language = textAt(element, 'expressionLanguage');
  if (language === undefined || language.toLowerCase() === 'feel' || /\/feel\/?$/i.test(language)) return;
  throw new NotDeployable(`${source.owner}, ${what}: the expression language '${language}' is not supported, only FEEL is`);
}
