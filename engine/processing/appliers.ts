// The shape of a slice's appliers: one function per event type.

type Applier<Event> = { call(event: Event, at: number): void }['call'];

/** A slice's `apply.ts` returns this for its own events; a missing one does not compile. */
export type Appliers<Event extends { readonly type: string }> = {
  readonly [Type in Event['type']]: Applier<Extract<Event, { readonly type: Type }>>;
};
