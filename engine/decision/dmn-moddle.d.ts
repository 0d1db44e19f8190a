// The part of dmn-moddle that is used here; the package has no types.
declare module 'dmn-moddle' {
  export const DmnModdle: new () => {
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: readonly { message: string }[] }>;
  };
}
