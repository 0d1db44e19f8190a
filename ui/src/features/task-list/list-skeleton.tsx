/** Grey rows in the final layout, for waits of more than 300 ms. */
import { AfterDelay } from '../../shared/parts/after-delay.tsx';
import { useText } from '../../shared/text/use-text.ts';

const widths = ['62%', '48%', '70%', '55%', '64%'];

export function ListSkeleton() {
  const text = useText();
  return (
    <AfterDelay>
      <div className="list-skeleton" aria-hidden="true">
        {widths.map((width) => (
          <div key={width} className="list-skeleton__row">
            <i className="bone" style={{ width }} />
            <i className="bone" />
            <i className="bone" style={{ width: '40%' }} />
          </div>
        ))}
      </div>
      <p className="small quiet list-skeleton__words" role="status">
        {text.list.loading}
      </p>
    </AfterDelay>
  );
}
