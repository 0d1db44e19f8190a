/**
 * Prepares a linked form for reading: labels and values in the person's language from the service definition.
 * Every field becomes a read-only text with its value in words; groups, order, layout and conditions stay the form's.
 */

export type FormComponent = { readonly [property: string]: unknown };
export type FormSchema = { readonly components?: unknown; readonly [property: string]: unknown };
export type FormWords = {
  label: (field: string) => string | undefined;
  value: (field: string, value: unknown) => string;
  /** Words of the form itself: `properties` of a component hold `label:de`, `text:en`, `alt:de` and so on. */
  language: string;
};

const answerTypes = new Set(['textfield', 'textarea', 'number', 'select', 'radio', 'checkbox', 'checklist', 'taglist', 'datetime']);
const wordsSuffix = '_words';

export type ReadableForm = { schema: FormSchema; data: Record<string, unknown> };

export function localizeForm(schema: FormSchema, input: Readonly<Record<string, unknown>>, words: FormWords): ReadableForm {
  const data: Record<string, unknown> = { ...input };
  const read = (component: FormComponent): FormComponent | undefined => {
    const own = ownWords(component, words.language);
    const children = componentsOf(component);
    if (children !== undefined) return { ...component, ...own, components: children.map(read).filter((child) => child !== undefined) };
    const { key, type } = component;
    if (type === 'button') return undefined;
    if (typeof key !== 'string' || typeof type !== 'string' || !answerTypes.has(type)) return { ...component, ...own };
    data[key + wordsSuffix] = words.value(key, input[key]);
    const { values: _values, valuesKey: _valuesKey, valuesExpression: _valuesExpression, validate: _validate, defaultValue: _defaultValue, description: _description, appearance: _appearance, ...kept } = component;
    return { ...kept, type: 'textarea', key: key + wordsSuffix, readonly: true, label: words.label(key) ?? component['label'] ?? key, ...own };
  };
  const components = componentsOf(schema) ?? [];
  return { schema: { ...schema, components: components.map(read).filter((component) => component !== undefined) }, data };
}

function ownWords(component: FormComponent, language: string): FormComponent {
  const properties = component['properties'];
  if (!isRecord(properties)) return {};
  const found = ['label', 'text', 'alt'].flatMap((name) => {
    const words = properties[`${name}:${language}`];
    return typeof words === 'string' ? [[name, words] as const] : [];
  });
  return Object.fromEntries(found);
}

function componentsOf(component: FormComponent): FormComponent[] | undefined {
  const { components } = component;
  return Array.isArray(components) ? components.filter(isRecord) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
