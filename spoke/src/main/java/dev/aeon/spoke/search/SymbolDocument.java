package dev.aeon.spoke.search;

import dev.aeon.spoke.api.SearchHit;
import dev.aeon.spoke.model.VersionManifest;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;

/** A symbol as the index has it. */
final class SymbolDocument {
  static final String MODULE = "module";
  static final String VERSION = "version";
  static final String KIND = "kind";
  static final String NAME = "name";
  static final String TYPE = "type";
  static final String FILE = "file";
  static final String COMMENT = "comment";

  private SymbolDocument() {}

  static Document of(VersionManifest version, Symbol symbol) {
    Document document = new Document();
    document.add(new StringField(MODULE, version.module().value(), Store.YES));
    document.add(new StringField(VERSION, version.version().toString(), Store.YES));
    document.add(new StringField(KIND, symbol.kind(), Store.YES));
    document.add(new TextField(NAME, symbol.name(), Store.YES));
    document.add(new TextField(TYPE, symbol.type(), Store.YES));
    document.add(new TextField(FILE, symbol.file(), Store.YES));
    document.add(new TextField(COMMENT, symbol.comment(), Store.YES));
    return document;
  }

  static SearchHit hit(Document document, float score) {
    return new SearchHit(
        document.get(MODULE),
        document.get(VERSION),
        document.get(KIND),
        document.get(NAME),
        document.get(TYPE),
        document.get(FILE),
        document.get(COMMENT),
        score);
  }
}
