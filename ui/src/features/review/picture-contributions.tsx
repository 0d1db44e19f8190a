/** Which pixels moved the suggestion, on the picture itself: full squares towards it, hollow ones against it, larger for more. */
import type { Picture } from '../../shared/tasks/task.ts';
import { useText } from '../../shared/text/use-text.ts';

/** The index in `pixels[12]`; undefined for other fields. */
export function pixelOf(field: string): number | undefined {
  const index = /\[(\d+)\]$/.exec(field)?.[1];
  return index === undefined ? undefined : Number(index);
}

export function PictureContributions({ picture, attributions }: { picture: Picture; attributions: Readonly<Record<string, number>> }) {
  const text = useText();
  const { width, height, max, values } = picture;
  const largest = Math.max(1e-9, ...Object.values(attributions).map(Math.abs));
  return (
    <section className="tile picture-contributions">
      <div className="tile__head">
        <h2>{text.compare.heat}</h2>
      </div>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text.compare.heat}>
        <g fill="currentColor">
          {values.map((value, index) => (value > 0 ? <rect key={index} x={index % width} y={Math.floor(index / width)} width="1" height="1" fillOpacity={(0.45 * value) / max} /> : null))}
        </g>
        {Object.entries(attributions).map(([field, share]) => {
          const index = pixelOf(field);
          const side = Math.sqrt(Math.abs(share) / largest) * 0.8;
          if (index === undefined || side < 0.12) return null;
          const x = (index % width) + 0.5 - side / 2;
          const y = Math.floor(index / width) + 0.5 - side / 2;
          return <rect key={field} x={x} y={y} width={side} height={side} className={share > 0 ? 'picture-contributions__towards' : 'picture-contributions__against'} />;
        })}
      </svg>
    </section>
  );
}
