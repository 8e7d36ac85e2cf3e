package dev.aeon.spoke.validate;

import dev.aeon.spoke.protoc.Folders;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.validate.image.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Schemas that tests write down, compiled. */
public final class Sources {
  private static final Protoc PROTOC = Protoc.open();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(PROTOC::close));
  }

  private final Map<String, String> files = new LinkedHashMap<>();

  public static Sources file(String path, String text) {
    return new Sources().and(path, text);
  }

  public Sources and(String path, String text) {
    files.put(path, text);
    return this;
  }

  public Image image() {
    try {
      Path folder = Files.createTempDirectory("spoke-sources-test");
      try {
        writeTo(folder);
        return new ImageBuilder(PROTOC).build(List.of(folder), List.copyOf(files.keySet()));
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void writeTo(Path folder) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
  }
}
