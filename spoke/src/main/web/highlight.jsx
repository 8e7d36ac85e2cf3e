const TOKENS =
  /(\/\/[^\n]*|\/\*[^]*?\*\/)|("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\b(syntax|edition|package|import|public|weak|option|message|enum|service|rpc|returns|stream|oneof|map|extend|extensions|reserved|to|max|repeated|optional|required|group)\b|\b(double|float|u?int32|u?int64|sint32|sint64|s?fixed32|s?fixed64|bool|string|bytes)\b|\b(\d[\w.]*)\b/g;
const KINDS = ['comment', 'string', 'keyword', 'type', 'number'];
const MAX_LENGTH = 200_000;

/** A schema's text with its tokens told apart; very long ones stay as they are. */
export function highlighted(text) {
  if (text.length > MAX_LENGTH) return text;
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKENS)) {
    const kind = KINDS[match.slice(1).findIndex(group => group !== undefined)];
    parts.push(text.slice(end, match.index), <span key={match.index} className={kind}>{match[0]}</span>);
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}
