package dev.aeon.spoke.search;

import dev.aeon.spoke.model.SpokeException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.MultiFieldQueryParser;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermQuery;

/** Reads what people search for. Thread-safe. */
final class SearchQuery {
  private static final int MAX_LENGTH = 500;
  private static final String[] FIELDS = {
    SymbolDocument.NAME, SymbolDocument.COMMENT, SymbolDocument.TYPE, SymbolDocument.FILE
  };
  private static final Map<String, Float> BOOSTS =
      Map.of(
          SymbolDocument.NAME, 4f,
          SymbolDocument.COMMENT, 1f,
          SymbolDocument.TYPE, 1f,
          SymbolDocument.FILE, 0.5f);

  /** What is a name on its own counts for more than what is part of it. */
  private static final Map<String, Float> KINDS =
      Map.of("module", 3f, "service", 2f, "message", 2f, "enum", 1.5f, "method", 1.5f);

  private final Analyzer analyzer =
      new PerFieldAnalyzerWrapper(
          new Words(),
          Map.of(
              SymbolDocument.MODULE, new KeywordAnalyzer(),
              SymbolDocument.VERSION, new KeywordAnalyzer(),
              SymbolDocument.KIND, new KeywordAnalyzer()));

  Query parse(String text) {
    if (text.isBlank() || text.length() > MAX_LENGTH) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "a search has 1 to " + MAX_LENGTH + " characters, length=" + text.length());
    }
    MultiFieldQueryParser parser = new MultiFieldQueryParser(FIELDS, analyzer, BOOSTS);
    parser.setDefaultOperator(QueryParser.Operator.AND);
    parser.setAllowLeadingWildcard(false);
    try {
      Query parsed = parser.parse(text.replace("/", "\\/"));
      refuseUnknownFields(parsed, text);
      return boosted(parsed);
    } catch (ParseException | IndexSearcher.TooManyClauses | IllegalArgumentException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "the search cannot be read: " + reason(e), e);
    }
  }

  /** Without all that the parser would have taken instead, by its own names. */
  private static String reason(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static Query boosted(Query query) {
    BooleanQuery.Builder all = new BooleanQuery.Builder().add(query, Occur.MUST);
    KINDS.forEach((kind, boost) ->
        all.add(
            new BoostQuery(new TermQuery(new Term(SymbolDocument.KIND, kind)), boost),
            Occur.SHOULD));
    return all.build();
  }

  private static void refuseUnknownFields(Query query, String text) {
    Set<String> unknown = new TreeSet<>();
    Consumer<String> collect = unknown::add;
    query.visit(
        new QueryVisitor() {
          @Override
          public boolean acceptField(String field) {
            collect.accept(field);
            return true;
          }
        });
    unknown.removeAll(
        Set.of(
            SymbolDocument.NAME,
            SymbolDocument.COMMENT,
            SymbolDocument.TYPE,
            SymbolDocument.FILE,
            SymbolDocument.KIND,
            SymbolDocument.MODULE,
            SymbolDocument.VERSION));
    if (!unknown.isEmpty()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "there is no such field to search, fields=" + unknown + " length=" + text.length());
    }
  }
}
