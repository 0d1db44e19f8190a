/** The places of whoever is signed in. */
import { useSession } from '../http/session.query.ts';
import { placesOf, type Places } from './places-of.ts';

export function usePlaces(): Places {
  return placesOf(useSession().data?.user.roles ?? []);
}
