/** The case as a plain list of its fields: where a process names no form, or its form cannot be drawn. */
import type { FieldText } from '../../shared/tasks/task.ts';
import { fieldLabel, valueInWords } from '../../shared/tasks/field-words.ts';
import { useFormats, useText } from '../../shared/text/use-text.ts';

export function CaseFields({ values, fields }: { values: Readonly<Record<string, unknown>>; fields: Record<string, FieldText> }) {
  const text = useText();
  const format = useFormats();
  const names = [...new Set([...Object.keys(fields), ...Object.keys(values)])].filter((field) => field in values);
  return (
    <dl className="case-fields">
      {names.map((field) => (
        <div key={field}>
          <dt>{fieldLabel(field, fields, format.language)}</dt>
          <dd>{valueInWords(field, values[field], fields, { text, format })}</dd>
        </div>
      ))}
    </dl>
  );
}
