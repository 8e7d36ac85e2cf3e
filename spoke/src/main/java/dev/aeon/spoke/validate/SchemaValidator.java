package dev.aeon.spoke.validate;

import com.google.protobuf.ByteString;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Violation;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.protoc.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
   * What a check found.
   *
   * @param violations empty where there are none
   * @param descriptors a serialised {@code FileDescriptorSet} with source information and all
   *     imports; empty where there are violations
   */
  public record Checked(List<Violation> violations, ByteString descriptors) {}

  /**
   * Compiles the content together with what it depends on.
   *
   * @return the violations; empty where there are none
   */
  public List<Violation> validate(ModuleContent content, Collection<ModuleVersion> dependencies) {
    return check(content, dependencies).violations();
  }

  /** The same, for the chosen files alone; the others are there to be imported. */
  public List<Violation> validate(
      ModuleContent content,
      Collection<ModuleVersion> dependencies,
      Predicate<ProtoPath> isChosen) {
    return check(content, dependencies, isChosen).violations();
  }

  /** Compiles the content together with what it depends on, and keeps what it compiles to. */
  public Checked check(ModuleContent content, Collection<ModuleVersion> dependencies) {
    return check(content, dependencies, path -> true);
  }

  private Checked check(
      ModuleContent content,
      Collection<ModuleVersion> dependencies,
      Predicate<ProtoPath> isChosen) {
    List<String> files =
        content.files().keySet().stream().filter(isChosen).map(ProtoPath::value).toList();
    try (SourceTree tree = SourceTree.write(content, dependencies)) {
      Path output = tree.scratchFile("descriptors");
      List<String> options =
          List.of("--descriptor_set_out=" + output, "--include_imports", "--include_source_info");
      Protoc.Result result = protoc.run(tree.includes(), options, files);
      return result.succeeded()
          ? new Checked(List.of(), ByteString.copyFrom(Files.readAllBytes(output)))
          : new Checked(ProtocMessages.parse(tree.shorten(result.messages())), ByteString.EMPTY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
