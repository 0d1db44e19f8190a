/** The first page of roles that judge no cases: what they find here now, and what comes later. No error, no empty inbox. */
import { ServiceBanner } from '../features/service-state/service-banner.tsx';
import { placesOf } from '../shared/roles/places-of.ts';
import { useServices } from '../shared/tasks/use-services.query.ts';
import { useLocal, useText } from '../shared/text/use-text.ts';
import './start-page.css';

export default function StartPage({ roles }: { roles: readonly string[] }) {
  const text = useText();
  const local = useLocal();
  const services = useServices().data ?? [];
  const words = text.start;
  return (
    <main className="start" id="main">
      <h1>{words.title(roles.map((role) => text.roles[role] ?? role).join(', '))}</h1>
      {roles.map((role) => words.forRole[role] !== undefined && <p key={role}>{words.forRole[role]}</p>)}
      <section aria-labelledby="start-services">
        <h2 id="start-services">{words.services}</h2>
        {services.map(({ service, name }) => (
          <div key={service} className="start__service">
            <h3>{local(name)}</h3>
            <ServiceBanner service={service} />
          </div>
        ))}
      </section>
      <section aria-labelledby="start-more">
        <h2 id="start-more">{words.more}</h2>
        <ul className="start__links">
          {placesOf(roles).figures && (
            <li>
              <a href="/metrics">{words.figures}</a>
            </li>
          )}
          <li>
            <a href="/api/docs">{words.docs}</a>
          </li>
        </ul>
      </section>
    </main>
  );
}
