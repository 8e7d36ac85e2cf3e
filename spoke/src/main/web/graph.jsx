import { useAnswer, versionPath } from './api.js';
import { Answer, VersionLink } from './parts.jsx';
import { href, parted } from './routes.js';

const NODE = { width: 200, height: 30, gapX: 70, gapY: 14 };
const MAX_DRAWN = 300;

/** What a version leads to, and what leads to it: drawn, and as a list. */
export function Graph({ info: { module, version } }) {
  return (
    <>
      <Side title="Depends on" path={`${versionPath(module, version)}/dependencies`} none="It depends on nothing." />
      <Side title="Depended on by" path={`${versionPath(module, version)}/dependents`} none="Nothing depends on it." isReverse />
    </>
  );
}

function Side({ title, path, none, isReverse = false }) {
  const graph = useAnswer(path);
  return (
    <>
      <h2>{title}</h2>
      <Answer of={graph}>
        {({ root, edges }) => {
          if (edges.length === 0) return <p>{none}</p>;
          const arrows = edges.map(({ user, used }) => (isReverse ? { from: used, to: user } : { from: user, to: used }));
          return (
            <>
              {edges.length <= MAX_DRAWN && <Drawing title={title} root={root} arrows={arrows} />}
              <p><a href={`${path}?format=dot`}>dot</a> <a href={`${path}?format=text`}>text</a></p>
              <ul>
                {edges.map(({ user, used }) => (
                  <li key={user + used}><VersionLink of={user} /> → <VersionLink of={used} /></li>
                ))}
              </ul>
            </>
          );
        }}
      </Answer>
    </>
  );
}

/** Each version in the column of its longest way from the root; versions never depend in a circle. */
export function layers(root, arrows) {
  const depth = new Map([[root, 0]]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { from, to } of arrows) {
      const next = (depth.get(from) ?? 0) + 1;
      if (next > (depth.get(to) ?? -1) && next <= arrows.length) {
        depth.set(to, next);
        changed = true;
      }
    }
  }
  const columns = [];
  for (const [name, column] of depth) (columns[column] ??= []).push(name);
  return columns.filter(Boolean);
}

function Drawing({ title, root, arrows }) {
  const places = new Map();
  const columns = layers(root, arrows);
  columns.forEach((names, column) =>
    names.forEach((name, row) =>
      places.set(name, { x: column * (NODE.width + NODE.gapX), y: row * (NODE.height + NODE.gapY) })));
  const width = columns.length * (NODE.width + NODE.gapX) - NODE.gapX;
  const height = Math.max(...columns.map(each => each.length)) * (NODE.height + NODE.gapY) - NODE.gapY;
  return (
    <div className="drawing">
      <svg role="img" aria-label={`${title}: the same as the list below`} width={width + 2} height={height + 2}
        viewBox={`-1 -1 ${width + 2} ${height + 2}`}>
        {arrows.map(({ from, to }) => <Arrow key={from + to} from={places.get(from)} to={places.get(to)} />)}
        {[...places].map(([name, place]) => <Node key={name} name={name} place={place} isRoot={name === root} />)}
      </svg>
    </div>
  );
}

function Arrow({ from, to }) {
  const start = { x: from.x + NODE.width, y: from.y + NODE.height / 2 };
  const end = { x: to.x, y: to.y + NODE.height / 2 };
  const bend = (start.x + end.x) / 2;
  return <path d={`M${start.x},${start.y} C${bend},${start.y} ${bend},${end.y} ${end.x},${end.y}`} />;
}

function Node({ name, place, isRoot }) {
  const { module, version } = parted(name);
  const shown = name.length > 26 ? `…${name.slice(-25)}` : name;
  return (
    <a href={href('modules', module, version, 'graph')} tabIndex={-1}>
      <title>{name}</title>
      <rect x={place.x} y={place.y} width={NODE.width} height={NODE.height} rx="4" className={isRoot ? 'root' : ''} />
      <text x={place.x + NODE.width / 2} y={place.y + NODE.height / 2 + 5} textAnchor="middle">{shown}</text>
    </a>
  );
}
