package dev.aeon.spoke.validate;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Violation;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.protoc.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Tells all violations of a schema at once, as {@code protoc} finds them. Thread-safe. */
public final class SchemaValidator {
  private final Protoc protoc;

  public SchemaValidator(Protoc protoc) {
    this.protoc = protoc;
  }

  /**
   * Compiles the content together with what it depends on.
   *
   * @return the violations; empty where there are none
   */
  public List<Violation> validate(ModuleContent content, Collection<ModuleVersion> dependencies) {
    return validate(content, dependencies, path -> true);
  }

  /** The same, for the chosen files alone; the others are there to be imported. */
  public List<Violation> validate(
      ModuleContent content,
      Collection<ModuleVersion> dependencies,
      Predicate<ProtoPath> isChosen) {
    List<String> files =
        content.files().keySet().stream().filter(isChosen).map(ProtoPath::value).toList();
    try (SourceTree tree = SourceTree.write(content, dependencies)) {
      String output = "--descriptor_set_out=" + tree.outputFolder().resolve("descriptors");
      Protoc.Result result = protoc.run(tree.includes(), List.of(output), files);
      return result.succeeded() ? List.of() : ProtocMessages.parse(tree.shorten(result.messages()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
