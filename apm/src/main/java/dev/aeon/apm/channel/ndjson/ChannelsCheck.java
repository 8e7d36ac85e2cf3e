package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.channel.LineJudge;
import dev.aeon.apm.channel.SequenceGap;
import dev.aeon.apm.fsck.Examination;
import dev.aeon.apm.internal.files.Directories;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Examines the channels of a directory: whose they are, whether their files follow on each other,
 * every line, the torn end that a crash left, and where readers stand. May run beside writers and
 * readers: what they have under way is left to them. Bytes that are taken out go to the sender's
 * quarantine.
 */
public final class ChannelsCheck {
  private static final String CURSOR_SUFFIX = ".cur";

  private final Path apmDirectory;
  private final Examination examination;
  private final byte[] buffer = new byte[Follower.BUFFER_BYTE_SIZE];

  private ChannelsCheck(Path apmDirectory, Examination examination) {
    this.apmDirectory = apmDirectory;
    this.examination = examination;
  }

  /** Examines all channels. */
  public static void run(Path apmDirectory, Examination examination) throws IOException {
    ChannelsCheck check = new ChannelsCheck(apmDirectory, examination);
    for (Path path : Directories.list(apmDirectory.resolve("channels"), "*")) {
      check.examineOrTell(path);
    }
  }

  /** A channel that cannot be examined does not hide the others. */
  private void examineOrTell(Path path) {
    try {
      examine(path);
    } catch (IOException | ChannelException e) {
      examination.found(path, "cannot be examined: cause=" + e);
    }
  }

  private void examine(Path path) throws IOException {
    Optional<ChannelName> name = ChannelName.parse(path.getFileName().toString());
    if (name.isEmpty() || !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      examination.found(path, "not a channel's directory");
      return;
    }
    Path description = path.resolve("channel.json");
    if (!Files.exists(description, LinkOption.NOFOLLOW_LINKS)) {
      examination.found(
          description,
          "missing: nobody reads the channel",
          () -> {
            ChannelDirectory _ =
                ChannelDirectory.create(apmDirectory, name.get().sender(), name.get().receiver());
          });
    }
    examine(path, name.get());
  }

  private void examine(Path path, ChannelName name) throws IOException {
    ChannelDirectory directory;
    try {
      directory = ChannelDirectory.existing(path, name.receiver());
    } catch (ChannelException e) {
      if (Files.exists(path.resolve("channel.json"))) {
        examination.found(path, "not a channel: cause=" + e.getMessage());
      }
      return;
    }
    examineFiles(directory);
    examineEnd(directory, name);
    examineLines(directory, name);
    examineReaders(directory, name);
  }

  private void examineFiles(ChannelDirectory directory) throws IOException {
    long end = -1;
    for (Segment segment : Segment.list(directory.path())) {
      if (end >= 0 && segment.base() != end) {
        String what =
            segment.base() > end ? "bytes are missing before it" : "overlaps the one before";
        examination.found(segment.path(), what + ": expected=" + end + " base=" + segment.base());
      }
      end = segment.end();
    }
  }

  /** A writer that is at work has its end under way; one that opens repairs it. */
  private void examineEnd(ChannelDirectory directory, ChannelName name) throws IOException {
    Path active = directory.messages();
    if (!Files.exists(active) || TornTail.lostByteSize(active) == 0) {
      return;
    }
    Optional<WriterLock> lock = lock(directory);
    if (lock.isPresent()) {
      try (WriterLock _ = lock.get()) {
        long lost = TornTail.lostByteSize(active);
        if (lost > 0) {
          examination.found(
              active,
              "torn end: byteSize=" + lost,
              () -> TornTail.repair(active, name, quarantine(name)));
        }
      }
    }
  }

  /** The right to write; empty where a writer has it. */
  private static Optional<WriterLock> lock(ChannelDirectory directory) {
    try {
      return Optional.of(WriterLock.take(directory.lock()));
    } catch (ChannelException e) {
      if (e.code() == ErrorCode.E_SYSTEM_004) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private FileQuarantine quarantine(ChannelName name) {
    return new FileQuarantine(apmDirectory, name.sender(), InstantSource.system());
  }

  private void examineLines(ChannelDirectory directory, ChannelName name) throws IOException {
    List<BadInput> bad = new ArrayList<>();
    try (Follower follower =
        new Follower(
            directory,
            Commits.ignored(),
            Cursor.forgetfulFrom(begin(directory)),
            buffer,
            new LineJudge(bad::add, gap -> examineGap(directory, gap)))) {
      while (advance(follower, directory)) {
        for (BadInput input : bad) {
          examineBad(directory, name, input);
        }
        bad.clear();
      }
    }
  }

  private void examineGap(ChannelDirectory directory, SequenceGap gap) {
    examination.found(directory.path(), gap.describe());
  }

  private boolean advance(Follower follower, ChannelDirectory directory) {
    try {
      return follower.advance();
    } catch (IOException e) {
      examination.found(directory.path(), "cannot be read: cause=" + e.getMessage());
      return false;
    }
  }

  private static long begin(ChannelDirectory directory) throws IOException {
    try (ChannelLog log = new ChannelLog(directory)) {
      return log.nearest(0);
    }
  }

  /**
   * What is not JSON serves nobody: spaces in its place, which readers skip, move no other line.
   */
  private void examineBad(ChannelDirectory directory, ChannelName name, BadInput input)
      throws IOException {
    Violation first = input.violations().getFirst();
    String detail = "position=" + input.source().position() + " " + first;
    boolean isMendable =
        first.code() == ErrorCode.E_PROTOCOL_002
            && input.byteSize() > 0
            && input.raw().length == input.byteSize()
            && BlankedLine.isPossible(directory, input.source().position());
    Optional<WriterLock> lock = isMendable ? lock(directory) : Optional.empty();
    if (lock.isEmpty()) {
      examination.found(directory.path(), detail);
      return;
    }
    try (WriterLock _ = lock.get()) {
      examination.found(
          directory.path(),
          detail,
          () -> {
            quarantine(name).keep(input);
            BlankedLine.write(directory, input.source().position(), input.raw().length);
          });
    }
  }

  private void examineReaders(ChannelDirectory directory, ChannelName name) throws IOException {
    for (Path file : Directories.list(directory.cursors(), "*" + CURSOR_SUFFIX)) {
      Optional<String> damage = damageOf(file, directory);
      if (damage.isPresent() && !isReading(file, name)) {
        examination.found(
            file,
            damage.get() + ": its reader would begin anew, and drop what it handled before",
            () -> Files.deleteIfExists(file));
      }
    }
  }

  private Optional<String> damageOf(Path file, ChannelDirectory directory) throws IOException {
    if (Files.size(file) == 0) {
      return Optional.empty();
    }
    Optional<CursorFile.Place> place = CursorFile.look(file);
    if (place.isEmpty()) {
      return Optional.of("unreadable place");
    }
    long position = place.get().position();
    try (ChannelLog log = new ChannelLog(directory)) {
      if (position > log.nearest(Long.MAX_VALUE)) {
        return Optional.of("place beyond the end: position=" + position);
      }
      if (position < log.nearest(0)) {
        examination.found(file, "messages before it was there are gone: position=" + position);
        return Optional.empty();
      }
      return position == log.nearest(0) || endsLine(log, position)
          ? Optional.empty()
          : Optional.of("place within a line: position=" + position);
    }
  }

  private static boolean endsLine(ChannelLog log, long position) throws IOException {
    ByteBuffer before = ByteBuffer.allocate(1);
    return log.read(before, position - 1) != ChannelLog.Outcome.BYTES || before.get(0) == '\n';
  }

  private boolean isReading(Path cursor, ChannelName name) {
    String file = cursor.getFileName().toString();
    String reader = file.substring(0, file.length() - CURSOR_SUFFIX.length());
    try (WriterLock _ =
        WriterLock.take(
            apmDirectory.resolve("readers").resolve(name.receiver() + "." + reader + ".lock"))) {
      return false;
    } catch (ChannelException e) {
      return e.code() == ErrorCode.E_SYSTEM_004;
    }
  }
}
