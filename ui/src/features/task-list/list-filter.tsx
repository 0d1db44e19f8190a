/** Narrows the list by service, age and due date; what is chosen stands above the list as chips. */
import { Button, Select, SelectItem } from '@carbon/react';
import { Close } from '@carbon/react/icons';
import type { DecisionServiceSummary } from '../../shared/tasks/service.ts';
import { useLocal, useText } from '../../shared/text/use-text.ts';
import { ages, dues, type ListFilter } from './list-address.ts';

type FilterProps = { filter: ListFilter; services: readonly DecisionServiceSummary[]; onChange: (filter: ListFilter) => void };

export function FilterPanel({ filter, services, onChange, onClose }: FilterProps & { onClose: () => void }) {
  const text = useText().list;
  const local = useLocal();
  const change = (name: keyof ListFilter, value: string) => onChange(withFilter(filter, name, value));
  return (
    <div className="filter-panel" role="group" aria-label={text.filterTitle} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <Select id="filter-service" labelText={text.service} size="sm" value={filter.service ?? ''} onChange={(event) => change('service', event.target.value)}>
        <SelectItem value="" text={text.everyService} />
        {services.map(({ service, name }) => (
          <SelectItem key={service} value={service} text={local(name)} />
        ))}
      </Select>
      <Select id="filter-age" labelText={text.age} size="sm" value={filter.age ?? ''} onChange={(event) => change('age', event.target.value)}>
        <SelectItem value="" text={text.everyAge} />
        {ages.map((age) => (
          <SelectItem key={age} value={age} text={text.olderThan[age]} />
        ))}
      </Select>
      <Select id="filter-due" labelText={text.due} size="sm" value={filter.due ?? ''} onChange={(event) => change('due', event.target.value)}>
        <SelectItem value="" text={text.everyDue} />
        {dues.map((due) => (
          <SelectItem key={due} value={due} text={text.dueWithin[due]} />
        ))}
      </Select>
      <div className="actions">
        <Button kind="tertiary" size="sm" onClick={onClose}>
          {text.done}
        </Button>
        <button type="button" className="link-button" onClick={() => onChange({})}>
          {text.reset}
        </button>
      </div>
    </div>
  );
}

export function FilterChips({ filter, services, onChange }: FilterProps) {
  const text = useText().list;
  const local = useLocal();
  const service = services.find((candidate) => candidate.service === filter.service);
  const chips: { name: keyof ListFilter; words: string }[] = [];
  if (filter.service !== undefined) chips.push({ name: 'service', words: `${text.service}: ${service === undefined ? filter.service : local(service.name)}` });
  if (filter.age !== undefined) chips.push({ name: 'age', words: text.olderThan[filter.age] });
  if (filter.due !== undefined) chips.push({ name: 'due', words: text.dueWithin[filter.due] });
  if (chips.length === 0) return null;
  return (
    <ul className="chips">
      {chips.map(({ name, words }) => (
        <li key={name}>
          <button type="button" className="chip" aria-label={text.remove(words)} onClick={() => onChange(withFilter(filter, name, ''))}>
            {words}
            <Close size={12} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function withFilter(filter: ListFilter, name: keyof ListFilter, value: string): ListFilter {
  const { [name]: _removed, ...others } = filter;
  return value === '' ? others : { ...others, [name]: value };
}
