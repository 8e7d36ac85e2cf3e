package dev.aeon.apm.registry;

import dev.aeon.apm.fsck.Examination;
import dev.aeon.apm.internal.files.Leftovers;
import dev.aeon.apm.message.AgentId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Examines the agents' records of a directory: what is none is set aside, as nobody reads it. */
public final class RegistryCheck {
  private static final String SUFFIX = ".json";

  private RegistryCheck() {}

  /** Examines all records. */
  public static void run(Path apmDirectory, Examination examination) throws IOException {
    Path directory = apmDirectory.resolve("agents");
    Leftovers.examine(directory, examination);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !Files.isReadable(file)) {
          examination.found(file, "cannot be read"); // It may be a good one.
        } else if (!isRecord(file)) {
          Path aside = file.resolveSibling(file.getFileName() + ".bad");
          examination.found(
              file,
              "not an agent's record",
              () -> Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING));
        }
      }
    } catch (NoSuchFileException _) {
      // A directory in which no agent was yet.
    }
  }

  private static boolean isRecord(Path file) {
    String name = file.getFileName().toString();
    String agentId = name.substring(0, name.length() - SUFFIX.length());
    return AgentId.isLegal(agentId) && AgentFiles.read(file).isPresent();
  }
}
