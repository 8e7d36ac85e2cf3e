import { useAnswer } from './api.js';
import { Answer, Heading } from './parts.jsx';
import { href } from './routes.js';

/** What a search found, best first. */
export function Search({ query }) {
  return (
    <>
      <Heading title="Search">Search: {query}</Heading>
      {query && <Hits query={query} />}
    </>
  );
}

function Hits({ query }) {
  const result = useAnswer(`/search?limit=50&q=${encodeURIComponent(query)}`);
  return (
    <Answer of={result}>
      {({ hits, total }) => (
        <>
          <p role="status">{total === 0 ? 'Nothing was found.' : `${total} found`}</p>
          <ol className="hits">{hits.map((hit, index) => <Hit key={index} hit={hit} />)}</ol>
        </>
      )}
    </Answer>
  );
}

function Hit({ hit: { module, version, kind, name, type, file, comment } }) {
  const page = file ? href('modules', module, version, 'files', file) : href('modules', module, version);
  return (
    <li>
      <span className="kind">{kind}</span> <a href={page}>{name}</a> {type && <code>{type}</code>}
      <span className="where"> {module}@{version} {file}</span>
      {comment && <p>{comment}</p>}
    </li>
  );
}
