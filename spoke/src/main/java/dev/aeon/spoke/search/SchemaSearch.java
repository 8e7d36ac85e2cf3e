package dev.aeon.spoke.search;

import dev.aeon.spoke.api.SearchHit;
import dev.aeon.spoke.api.SearchResult;
import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.store.SchemaStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * Searches the symbols of the latest version of each module. The index follows the store's changes:
 * each search takes up what was published before it. Thread-safe.
 */
public final class SchemaSearch implements AutoCloseable {
  private static final String SEQUENCE = "sequence";
  private static final int BATCH = 1_000;
  private static final int MAX_HITS = 1_000;

  /** Kept, since a logger that nobody holds forgets its level. */
  private static final Logger VECTORS =
      Logger.getLogger("org.apache.lucene.internal.vectorization");

  static {
    // It advises the vector module, which a search of words has no use for, on standard error.
    VECTORS.setLevel(Level.SEVERE);
  }

  private final SchemaStore store;
  private final Function<ModuleName, Optional<Version>> latest;
  private final Directory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final SearchQuery queries = new SearchQuery();
  private long indexed;

  /** An index in memory. */
  public static SchemaSearch inMemory(
      SchemaStore store, Function<ModuleName, Optional<Version>> latest) {
    try {
      return new SchemaSearch(store, latest, new ByteBuffersDirectory());
    } catch (IOException e) {
      throw failure("cannot open the search index", e);
    }
  }

  /** An index in a folder, so that a restart goes on where it was; in memory if another has it. */
  public static SchemaSearch inFolder(
      SchemaStore store, Function<ModuleName, Optional<Version>> latest, Path folder) {
    try {
      Directory directory = FSDirectory.open(folder);
      try {
        return new SchemaSearch(store, latest, directory);
      } catch (LockObtainFailedException e) {
        directory.close();
        return inMemory(store, latest);
      }
    } catch (IOException e) {
      throw failure("cannot open the search index, folder=" + folder, e);
    }
  }

  private SchemaSearch(
      SchemaStore store, Function<ModuleName, Optional<Version>> latest, Directory directory)
      throws IOException {
    this.store = store;
    this.latest = latest;
    this.directory = directory;
    this.writer = new IndexWriter(directory, new IndexWriterConfig(new Words()));
    this.indexed = sequenceOf(writer);
    this.searchers = new SearcherManager(writer, null);
  }

  private static long sequenceOf(IndexWriter writer) {
    Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
    if (data != null) {
      for (Map.Entry<String, String> entry : data) {
        if (entry.getKey().equals(SEQUENCE)) {
          return Long.parseLong(entry.getValue());
        }
      }
    }
    return 0;
  }

  /** Takes up all that was published since; blocks until it is done. */
  public synchronized void update() {
    try {
      List<Change> changes = store.changes(indexed, BATCH);
      boolean isBehind = !changes.isEmpty();
      while (!changes.isEmpty()) {
        Set<ModuleName> modules = new LinkedHashSet<>();
        changes.forEach(change -> modules.add(change.module()));
        for (ModuleName module : modules) {
          index(module);
        }
        indexed = changes.getLast().sequence();
        writer.setLiveCommitData(Map.of(SEQUENCE, Long.toString(indexed)).entrySet());
        if (changes.size() == BATCH) {
          writer.commit();
        }
        changes = store.changes(indexed, BATCH);
      }
      if (isBehind) {
        searchers.maybeRefreshBlocking();
      }
    } catch (IOException e) {
      throw failure("cannot update the search index", e);
    }
  }

  private void index(ModuleName module) throws IOException {
    Optional<VersionManifest> manifest =
        latest.apply(module).flatMap(version -> store.manifest(module, version));
    List<Document> documents = new ArrayList<>();
    manifest.ifPresent(version -> {
      documents.add(
          SymbolDocument.of(
              version, new Symbol("module", module.value(), "", "", version.description())));
      Set<String> files =
          version.files().stream().map(file -> file.path().value()).collect(Collectors.toSet());
      store
          .descriptors(module, version.version())
          .ifPresent(bytes ->
              Symbols.of(bytes, files)
                  .forEach(symbol -> documents.add(SymbolDocument.of(version, symbol))));
    });
    writer.updateDocuments(new Term(SymbolDocument.MODULE, module.value()), documents);
  }

  /**
   * Finds symbols.
   *
   * @param query words; {@code kind:field}, {@code module:acme/a}, {@code type:uuid}, {@code
   *     comment:…}, {@code "a phrase"}, {@code user*}, {@code -not}
   * @param mayRead which modules to show
   * @throws SpokeException {@code INVALID_REQUEST} where the query cannot be read
   */
  public SearchResult find(String query, int limit, Predicate<ModuleName> mayRead) {
    update();
    Query parsed = queries.parse(query);
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        return result(searcher, searcher.search(parsed, MAX_HITS), limit, mayRead);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException e) {
      throw failure("cannot search", e);
    }
  }

  private SearchResult result(
      IndexSearcher searcher, TopDocs found, int limit, Predicate<ModuleName> mayRead)
      throws IOException {
    StoredFields fields = searcher.storedFields();
    List<SearchHit> hits = new ArrayList<>();
    for (ScoreDoc each : found.scoreDocs) {
      if (hits.size() == limit) {
        break;
      }
      SearchHit hit = SymbolDocument.hit(fields.document(each.doc), each.score);
      if (mayRead.test(new ModuleName(hit.module()))) {
        hits.add(hit);
      }
    }
    return new SearchResult(hits, found.totalHits.value(), indexed());
  }

  private synchronized long indexed() {
    return indexed;
  }

  private static SpokeException failure(String what, IOException e) {
    return new SpokeException(SpokeException.Code.INTERNAL, what + ", cause=" + e.getMessage(), e);
  }

  @Override
  public synchronized void close() {
    try (directory;
        writer) {
      searchers.close();
      if (writer.isOpen()) {
        writer.commit();
      }
    } catch (IOException e) {
      throw failure("cannot close the search index", e);
    }
  }
}
