import { useState } from 'react';
import { download, versionPath } from './api.js';

const LANGUAGES = {
  cpp: 'C++', csharp: 'C#', go: 'Go', java: 'Java', javascript: 'JavaScript', kotlin: 'Kotlin',
  objc: 'Objective-C', php: 'PHP', python: 'Python', ruby: 'Ruby', rust: 'Rust', typescript: 'TypeScript',
  descriptors: 'Descriptors',
};
const FORMATS = ['tar.gz', 'zip'];

/** What a version compiles to, as packages. */
export function Code({ info }) {
  const [message, setMessage] = useState('');
  const fetchPackage = async (language, format) => {
    setMessage(`Compiling for ${LANGUAGES[language]}…`);
    try {
      const name = `${info.module.replaceAll('/', '-')}-${info.version}-${language}.${format}`;
      await download(`${versionPath(info.module, info.version)}/download/${language}?format=${format}`, name);
      setMessage(`Saved ${name}`);
    } catch (error) {
      setMessage(error.message);
    }
  };
  return (
    <>
      <p role="status">{message || 'Packages hold the code of this version and of what it imports.'}</p>
      <table>
        <thead><tr><th scope="col">Language</th><th scope="col">Package</th></tr></thead>
        <tbody>
          {Object.entries(LANGUAGES).map(([language, title]) => (
            <tr key={language}>
              <th scope="row">{title}</th>
              <td>
                {FORMATS.map(format => (
                  <button key={format} aria-label={`${title} as ${format}`} onClick={() => fetchPackage(language, format)}>
                    {format}
                  </button>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
