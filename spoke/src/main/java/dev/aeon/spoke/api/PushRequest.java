package dev.aeon.spoke.api;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Requirement;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /modules}. */
public record PushRequest(
    @Nullable String module,
    @Nullable String version,
    @Nullable String description,
    @Nullable List<File> files,
    @Nullable List<String> dependencies) {

  /** A file; its content is base64 in JSON. */
  public record File(@Nullable String path, @Nullable ByteBuffer content) {
    static File of(ProtoPath path, byte[] bytes) {
      return new File(path.value(), ByteBuffer.wrap(bytes));
    }

    /** Not a copy. */
    byte[] checkedContent() {
      return require("content", content).array();
    }
  }

  /** A push of a version. */
  public static PushRequest of(
      ModuleName module,
      Version version,
      String description,
      ModuleContent content,
      List<Requirement> dependencies) {
    return new PushRequest(
        module.value(),
        version.toString(),
        description,
        content.files().entrySet().stream()
            .map(file -> File.of(file.getKey(), file.getValue()))
            .toList(),
        dependencies.stream().map(Requirement::toString).toList());
  }

  public ModuleName checkedModule() {
    return new ModuleName(require("module", module));
  }

  public Version checkedVersion() {
    return Version.parse(require("version", version));
  }

  public String checkedDescription() {
    return description == null ? "" : description;
  }

  /** Which versions imports may resolve to: {@code module@range} each. */
  public List<Requirement> checkedDependencies() {
    return dependencies == null
        ? List.of()
        : dependencies.stream()
            .map(text -> Requirement.parse(require("dependency", text)))
            .toList();
  }

  /** The files, with every path checked and none given twice. */
  public ModuleContent checkedContent() {
    Map<ProtoPath, byte[]> content = new TreeMap<>();
    for (File file : require("files", files)) {
      ProtoPath path = new ProtoPath(require("path", require("file", file).path()));
      if (content.put(path, file.checkedContent()) != null) {
        throw new SpokeException(
            SpokeException.Code.INVALID_REQUEST, "a file is given twice, path=" + path);
      }
    }
    return ModuleContent.of(content);
  }

  private static <T> T require(String name, @Nullable T value) {
    if (value == null) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "a field is missing, field=" + name);
    }
    return value;
  }
}
