/** The picture of a case as an image address for forms that show `=picture`, in the colours of the theme. */
import type { FormComponent, FormSchema } from './localize-form.ts';
import type { Picture } from '../../shared/tasks/task.ts';

/** One square of ink per grey value; drawn here, so no server holds a second copy of the input. */
export function pictureAddress({ width, height, max, values }: Picture, colours: { ink: string; paper: string }): string {
  const squares = values
    .map((value, index) => (value > 0 ? `<rect x="${index % width}" y="${Math.floor(index / width)}" width="1" height="1" fill-opacity="${(value / max).toFixed(3)}"/>` : ''))
    .join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width * 40}" height="${height * 40}" viewBox="0 0 ${width} ${height}" shape-rendering="crispEdges"><rect width="${width}" height="${height}" fill="${colours.paper}"/><g fill="${colours.ink}">${squares}</g></svg>`;
  return `data:image/svg+xml;base64,${btoa(svg)}`;
}

/** True where the form itself shows the picture. */
export function showsPicture(schema: FormSchema | FormComponent): boolean {
  const { components } = schema;
  return Array.isArray(components) && components.some((component: FormComponent) => component['source'] === '=picture' || showsPicture(component));
}
