/** The model card as its makers wrote it: Markdown drawn as elements. HTML inside it stays text, links open nothing but http(s). */
import Markdown, { sanitizer } from 'markdown-to-jsx/react';
import type { ComponentProps } from 'react';
import './model-card.css';

export default function ModelCard({ markdown }: { markdown: string }) {
  return (
    <article className="tile model-card">
      <Markdown
        options={{
          disableParsingRawHTML: true,
          forceBlock: true,
          sanitizer: (value) => (/^https?:/i.test(value) ? sanitizer(value) : null),
          overrides: {
            // The page has its own h1; the card's headings stand below it.
            h1: { component: 'h2' },
            h2: { component: 'h3' },
            h3: { component: 'h4' },
            // Pictures would come from other hosts, which the pages may not ask.
            img: { component: PictureWords },
            a: { props: { rel: 'noreferrer', target: '_blank' } },
            table: { component: CardTable },
          },
        }}
      >
        {markdown}
      </Markdown>
    </article>
  );
}

function PictureWords({ alt }: { alt?: string }) {
  return <>{alt}</>;
}

function CardTable(props: ComponentProps<'table'>) {
  return (
    <div className="tile__scroll">
      <table {...props} className="figures" />
    </div>
  );
}
