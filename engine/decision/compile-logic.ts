// Compiles boxed expressions: literal expressions, tables, contexts, lists, relations, functions and invocations.
import { beginRun, deeper, isFunction, newContext, tag, type FeelFunction, type Scope, type Value } from '../expression/values.ts';
import { compileTable } from './compile-table.ts';
import { compileText } from './compile-text.ts';
import { NotDeployable, type Source } from './source.ts';
import { DecisionFailed, noAudit, valueOf, withNames, type DecisionLogic } from './logic.ts';
import { elementAt, elementsAt, kindOf, textAt, type Element } from './moddle-element.ts';

const plain = (evaluate: (scope: Scope) => Value): DecisionLogic => (scope) => ({ value: evaluate(scope), audit: noAudit });

/** Compiles any boxed expression; what is not supported is refused by name. */
export function compileLogic(element: Element | undefined, source: Source): DecisionLogic {
  if (element === undefined) throw new NotDeployable(`${source.owner} has no decision logic; add a decision table or a literal expression`);
  switch (kindOf(element)) {
    case 'decisionTable': return compileTable(element, source);
    case 'literalExpression': return compileLiteral(element, source);
    case 'context': return compileContext(element, source);
    case 'list': return compileList(element, source);
    case 'relation': return compileRelation(element, source);
    case 'functionDefinition': return compileFunction(element, source);
    case 'invocation': return compileInvocation(element, source);
    default: throw new NotDeployable(`${source.owner}: <${kindOf(element)}> is not supported as decision logic`);
  }
}

function compileLiteral(element: Element, source: Source): DecisionLogic {
  if (elementAt(element, 'importedValues') !== undefined) throw new NotDeployable(`${source.owner}: imported values are not supported`);
  const compiled = compileText(element, source, 'literal expression');
  return plain((scope) => valueOf(compiled, scope));
}

function compileContext(element: Element, source: Source): DecisionLogic {
  const entries = elementsAt(element, 'contextEntry').map((entry, index) => {
    const variable = elementAt(entry, 'variable');
    const name = variable === undefined ? undefined : textAt(variable, 'name');
    return { name, logic: compileLogic(elementAt(entry, 'value'), { ...source, owner: `${source.owner}, context entry '${name ?? index + 1}'` }) };
  });
  return plain((scope) => {
    const context = newContext();
    const known = new Map<string, Value>();
    for (const { name, logic } of entries) {
      const { value } = logic(withNames(scope, known));
      if (name === undefined) return value;
      context[name] = value;
      known.set(name, value);
    }
    return context;
  });
}

function compileList(element: Element, source: Source): DecisionLogic {
  const items = elementsAt(element, 'elements').map((item) => compileLogic(item, source));
  return plain((scope) => items.map((item) => item(scope).value));
}

function compileRelation(element: Element, source: Source): DecisionLogic {
  const columns = elementsAt(element, 'column').map((column) => textAt(column, 'name') ?? '');
  const rows = elementsAt(element, 'row').map((row, index) => {
    const cells = elementsAt(row, 'elements');
    if (cells.length !== columns.length) throw new NotDeployable(`${source.owner}, row ${index + 1}: expected ${columns.length} cells but found ${cells.length}`);
    return cells.map((cell) => compileLogic(cell, source));
  });
  return plain((scope) =>
    rows.map((row) => {
      const context = newContext();
      for (const [index, cell] of row.entries()) context[columns[index] ?? ''] = cell(scope).value;
      return context;
    }));
}

/** A function over its body; also the encapsulated logic of a business knowledge model. */
export function compileFunction(element: Element, source: Source): DecisionLogic {
  const kind = textAt(element, 'kind');
  if (kind !== undefined && kind !== 'FEEL') throw new NotDeployable(`${source.owner}: functions of kind '${kind}' are not supported, only FEEL ones are`);
  const parameters = elementsAt(element, 'formalParameter').map((parameter) => textAt(parameter, 'name') ?? '');
  const body = compileLogic(elementAt(element, 'body'), source);
  return plain((scope) => functionOf(parameters, (args) => body(withNames(scope, args)).value, scope));
}

function functionOf(parameters: readonly string[], body: (args: ReadonlyMap<string, Value>) => Value, scope: Scope): FeelFunction {
  return {
    [tag]: 'function',
    parameters,
    invoke: (args) => deeper(beginRun(scope.environment, scope.budget), () => body(new Map(parameters.map((name, index) => [name, args[index] ?? null])))),
  };
}

function compileInvocation(element: Element, source: Source): DecisionLogic {
  const called = elementAt(element, 'calledFunction');
  if (called === undefined) throw new NotDeployable(`${source.owner}: the invocation names no function`);
  const callee = compileText(called, source, 'invocation');
  const bindings = elementsAt(element, 'binding').map((binding) => {
    const parameter = elementAt(binding, 'parameter');
    const name = parameter === undefined ? '' : textAt(parameter, 'name') ?? '';
    return { name, logic: compileLogic(elementAt(binding, 'bindingFormula'), { ...source, owner: `${source.owner}, binding '${name}'` }) };
  });
  return plain((scope) => {
    const found = valueOf(callee, scope);
    if (!isFunction(found)) throw new DecisionFailed(`'${textAt(called, 'text') ?? ''}' is no function; require the business knowledge model of that name`);
    const args = new Map(bindings.map(({ name, logic }) => [name, logic(scope).value]));
    return found.invoke(found.parameters.map((name) => args.get(name) ?? null), beginRun(scope.environment, scope.budget));
  });
}
