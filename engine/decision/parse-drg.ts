// Reads DMN and compiles every expression in it, refusing by name what is not supported.
import { compileFunction, compileLogic } from './compile-logic.ts';
import { withNames, type DecisionLogic } from './logic.ts';
import { elementAt, elementsAt, kindOf, referenceAt, textAt, type Element } from './moddle-element.ts';
import { readDefinitions } from './read-definitions.ts';
import { NotDeployable } from './source.ts';
import type { Decision, DecisionType, Drg, ParseFailure } from './contract.ts';
import type { Value } from '../expression/values.ts';

/** Parses at deployment (the XML reader is asynchronous); evaluation is synchronous. */
export async function parseDrg(xml: string): Promise<Drg | ParseFailure> {
  const definitions = await readDefinitions(xml);
  if ('error' in definitions && !('$type' in definitions)) return definitions;
  try {
    return compileDrg(definitions);
  } catch (error) {
    if (error instanceof NotDeployable) return { error: error.message };
    throw error;
  }
}

function compileDrg(definitions: Element): Drg {
  if (elementsAt(definitions, 'import').length > 0) throw new NotDeployable('imports of other DMN files are not supported');
  const id = textAt(definitions, 'id');
  if (id === undefined) throw new NotDeployable('<definitions> has no id; it is the decision requirements id');
  const elements = elementsAt(definitions, 'drgElement');
  const byId = elementsById(elements);
  const names = namesToKnow(definitions);
  const decisions = elements.filter((element) => kindOf(element) === 'decision').map((element) => compileDecision(element, byId, names));
  if (decisions.length === 0) throw new NotDeployable(`the decision requirements graph '${id}' holds no decision`);
  refuseCycles(decisions);
  return { id, name: textAt(definitions, 'name') ?? id, namespace: textAt(definitions, 'namespace') ?? '', decisions };
}

function elementsById(elements: readonly Element[]): ReadonlyMap<string, Element> {
  const byId = new Map<string, Element>();
  for (const element of elements) {
    const kind = kindOf(element);
    if (kind === 'decisionService') throw new NotDeployable(`<decisionService> '${textAt(element, 'id') ?? ''}' is not supported`);
    const id = textAt(element, 'id');
    if (id === undefined) throw new NotDeployable(`a <${kind}> named '${textAt(element, 'name') ?? ''}' has no id`);
    byId.set(id, element);
  }
  return byId;
}

function compileDecision(element: Element, byId: ReadonlyMap<string, Element>, names: readonly string[]): Decision {
  const id = textAt(element, 'id') ?? '';
  const source = { owner: `decision '${id}'`, names };
  const name = textAt(element, 'name');
  if (name === undefined) throw new NotDeployable(`${source.owner} has no name`);
  const expression = elementAt(element, 'decisionLogic');
  const own = compileLogic(expression, source);
  const models = knowledgeOf(element, { byId, names, path: [] });
  const variable = elementAt(element, 'variable');
  return {
    id,
    name,
    type: typeOf(expression),
    requiredDecisionIds: requiredDecisions(element, byId, source.owner),
    versionTag: versionTagOf(element),
    resultName: (variable === undefined ? undefined : textAt(variable, 'name')) ?? id,
    logic: withKnowledge(own, models),
  };
}

function typeOf(expression: Element | undefined): DecisionType {
  const kind = expression === undefined ? undefined : kindOf(expression);
  return kind === 'decisionTable' ? 'DECISION_TABLE' : kind === 'literalExpression' ? 'LITERAL_EXPRESSION' : 'UNKNOWN';
}

function requiredDecisions(element: Element, byId: ReadonlyMap<string, Element>, owner: string): readonly string[] {
  return elementsAt(element, 'informationRequirement').flatMap((requirement) => {
    const required = referenceAt(requirement, 'requiredDecision');
    if (required === undefined) return [];
    if (byId.get(required)?.$type !== 'dmn:Decision') throw new NotDeployable(`${owner} requires the decision '${required}', which the file does not hold`);
    return [required];
  });
}

type Knowledge = { readonly name: string; readonly logic: DecisionLogic };
type Graph = { readonly byId: ReadonlyMap<string, Element>; readonly names: readonly string[]; readonly path: readonly string[] };

/** The business knowledge models that an element requires, each a function that knows its own. */
function knowledgeOf(element: Element, graph: Graph): readonly Knowledge[] {
  return elementsAt(element, 'knowledgeRequirement').flatMap((requirement) => {
    const id = referenceAt(requirement, 'requiredKnowledge') ?? '';
    const model = graph.byId.get(id);
    if (model?.$type !== 'dmn:BusinessKnowledgeModel') throw new NotDeployable(`'${textAt(element, 'id') ?? ''}' requires the business knowledge model '${id}', which the file does not hold`);
    if (graph.path.includes(id)) return [];
    const logic = elementAt(model, 'encapsulatedLogic');
    if (logic === undefined) throw new NotDeployable(`the business knowledge model '${id}' has no logic`);
    const own = compileFunction(logic, { owner: `business knowledge model '${id}'`, names: graph.names });
    const variable = elementAt(model, 'variable');
    const name = (variable === undefined ? undefined : textAt(variable, 'name')) ?? textAt(model, 'name') ?? id;
    return [{ name, logic: withKnowledge(own, knowledgeOf(model, { ...graph, path: [...graph.path, id] })) }];
  });
}

/** Logic that sees the functions of business knowledge models, made when first needed in a scope. */
function withKnowledge(logic: DecisionLogic, models: readonly Knowledge[]): DecisionLogic {
  if (models.length === 0) return logic;
  return (scope) => {
    const known = new Map<string, Value>(models.map((model) => [model.name, model.logic(scope).value]));
    return logic(withNames(scope, known));
  };
}

function versionTagOf(element: Element): string | undefined {
  const extensions = elementAt(element, 'extensionElements');
  const tags = extensions === undefined ? [] : elementsAt(extensions, 'values').filter(({ $type }) => $type === 'zeebe:versionTag');
  const [tag] = tags;
  return tag === undefined ? undefined : textAt(tag, 'value');
}

const simpleName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Every name in the file that the parser could not tell from an expression. */
function namesToKnow(definitions: Element): readonly string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    else if (typeof value === 'object' && value !== null && '$type' in value) {
      if ('name' in value && typeof value.name === 'string' && value.name !== '' && !simpleName.test(value.name)) found.add(value.name);
      for (const [property, inner] of Object.entries(value)) if (property !== '$parent') visit(inner);
    }
  };
  visit(definitions['drgElement']);
  visit(definitions['itemDefinition']);
  return [...found];
}

function refuseCycles(decisions: readonly Decision[]): void {
  const byId = new Map(decisions.map((decision) => [decision.id, decision]));
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) throw new NotDeployable(`the decisions ${[...path.slice(path.indexOf(id)), id].map((each) => `'${each}'`).join(' → ')} require one another`);
    if (done.has(id)) return;
    for (const required of byId.get(id)?.requiredDecisionIds ?? []) visit(required, [...path, id]);
    done.add(id);
  };
  for (const { id } of decisions) visit(id, []);
}
