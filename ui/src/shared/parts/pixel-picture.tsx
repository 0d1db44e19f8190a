/** A grey-scale picture of a case, drawn from its numbers: ink on paper in the light theme, light on dark in the dark one. */
import { memo, useId } from 'react';
import './pixel-picture.css';

export type Pixels = { width: number; height: number; max: number; values: readonly number[] };

type PixelPictureProps = { pixels: Pixels; size: number; label?: string; smoothed?: boolean };

export const PixelPicture = memo(function PixelPicture({ pixels, size, label, smoothed = false }: PixelPictureProps) {
  const id = useId();
  const { width, height, max, values } = pixels;
  const name = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg className="pixel-picture" width={size} height={Math.round((size * height) / width)} viewBox={`0 0 ${width} ${height}`} shapeRendering={smoothed ? 'auto' : 'crispEdges'} {...name}>
      {smoothed && (
        <filter id={id} x="-10%" y="-10%" width="120%" height="120%">
          <feGaussianBlur stdDeviation={0.42} />
          <feComponentTransfer>
            <feFuncA type="linear" slope="1.6" intercept="-0.12" />
          </feComponentTransfer>
        </filter>
      )}
      <g {...(smoothed ? { filter: `url(#${id})` } : {})} fill="currentColor">
        {values.map((value, index) => (value > 0 ? <rect key={index} x={index % width} y={Math.floor(index / width)} width="1" height="1" fillOpacity={Math.min(1, value / max)} /> : null))}
      </g>
    </svg>
  );
});
