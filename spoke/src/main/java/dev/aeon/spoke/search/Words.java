package dev.aeon.spoke.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;

/** Names and comments as words: {@code UserProfile} and {@code user_profile} both are two. */
final class Words extends Analyzer {
  private static final int SPLITTING =
      WordDelimiterGraphFilter.GENERATE_WORD_PARTS
          | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
          | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE
          | WordDelimiterGraphFilter.SPLIT_ON_NUMERICS
          | WordDelimiterGraphFilter.CATENATE_ALL;

  @Override
  protected TokenStreamComponents createComponents(String fieldName) {
    WhitespaceTokenizer tokens = new WhitespaceTokenizer();
    TokenStream words =
        new LowerCaseFilter(
            new FlattenGraphFilter(new WordDelimiterGraphFilter(tokens, SPLITTING, null)));
    return new TokenStreamComponents(tokens, words);
  }
}
